package org.scepgate.scep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** Writes a device's requests (RFC 8894 sections 3.3.1, 3.3.3 and 3.3.4). */
public final class PkiRequestEncoder {
    private final EnvelopeRecipient recipient;
    private final RequestAlgorithms algorithms;
    private final SecureRandom random;
    private final EnvelopeEncoder envelopes;
    private final SignedDataEncoder messages;

    /** @param recipient the certificate of the CA, or of its RA, that requests are encrypted to */
    public PkiRequestEncoder(
            DeviceKey signer, X509CertificateHolder recipient, RequestAlgorithms algorithms, SecureRandom random) {
        this.recipient = new EnvelopeRecipient(recipient, Optional.empty());
        if (this.recipient.needsPassword()) {
            throw new IllegalArgumentException("Nothing can be encrypted to the recipient's key");
        }
        this.algorithms = algorithms;
        this.random = random;
        this.envelopes = new EnvelopeEncoder(random);
        this.messages = new SignedDataEncoder(signer);
    }

    public PkiRequest pkcsReq(PKCS10CertificationRequest csr, TransactionId id) {
        return encode(MessageType.PKCS_REQ, id, encoded(csr));
    }

    /** For an encoder whose signer holds the certificate that is to be renewed (RFC 8894 section 2.5). */
    public PkiRequest renewalReq(PKCS10CertificationRequest csr, TransactionId id) {
        return encode(MessageType.RENEWAL_REQ, id, encoded(csr));
    }

    /** @param id that of the request which is pending */
    public PkiRequest certPoll(IssuerAndSubject names, TransactionId id) {
        return encode(MessageType.CERT_POLL, id, Der.sequence(Der.of(names.issuer()), Der.of(names.subject())));
    }

    public PkiRequest getCert(CertificateId wanted, TransactionId id) {
        return encode(MessageType.GET_CERT, id, encoded(wanted));
    }

    /** @param certificate one whose issuer's CRL is wanted */
    public PkiRequest getCrl(CertificateId certificate, TransactionId id) {
        return encode(MessageType.GET_CRL, id, encoded(certificate));
    }

    private PkiRequest encode(MessageType type, TransactionId id, byte[] messageData) {
        Nonce nonce = Nonce.random(random);
        byte[] envelope = envelopes.encode(messageData, recipient, algorithms.cipher(), algorithms.keyTransport());
        byte[] message = messages.encode(envelope, new SignedAttributes(type, id, nonce), algorithms.digest());
        return new PkiRequest(id, nonce, message);
    }

    private static byte[] encoded(CertificateId id) {
        return Der.sequence(
                Der.of(id.issuer()), Der.encode(Der.INTEGER, id.serialNumber().toByteArray()));
    }

    private static byte[] encoded(PKCS10CertificationRequest csr) {
        try {
            return csr.getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
