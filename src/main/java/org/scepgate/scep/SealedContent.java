package org.scepgate.scep;

import java.util.List;

/** An envelope of which everything is known and allowed that it takes to open it. */
record SealedContent(
        RecipientKey recipient,
        KeyTransport keyTransport,
        byte[] encryptedKey,
        ContentCipher cipher,
        byte[] initializationVector,
        byte[] encryptedContent) {
    static SealedContent of(Envelope envelope, List<RecipientKey> recipients, AllowedAlgorithms allowed)
            throws RejectedException {
        ContentCipher cipher = requireCipher(envelope, allowed);
        for (RecipientKey recipient : recipients) {
            for (SealedKey sealed : envelope.sealedKeys()) {
                if (sealed.isFor(recipient.certificate())) {
                    return of(recipient, sealed, cipher, envelope);
                }
            }
        }
        throw new RejectedException(Rejection.RECIPIENT_UNKNOWN);
    }

    static ContentCipher requireCipher(Envelope envelope, AllowedAlgorithms allowed) throws RejectedException {
        ContentCipher cipher = envelope.cipher()
                .filter(allowed::allow)
                .orElseThrow(() -> new RejectedException(Rejection.CONTENT_CIPHER));
        if (envelope.initializationVector().length != cipher.blockLength()) {
            throw new RejectedException(Rejection.ENVELOPE_MALFORMED);
        }
        return cipher;
    }

    private static SealedContent of(RecipientKey recipient, SealedKey sealed, ContentCipher cipher, Envelope envelope)
            throws RejectedException {
        return new SealedContent(
                recipient,
                sealed.transport().orElseThrow(() -> new RejectedException(Rejection.KEY_TRANSPORT)),
                sealed.encryptedKey(),
                cipher,
                envelope.initializationVector(),
                envelope.encryptedContent());
    }
}
