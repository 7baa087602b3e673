package org.scepgate.scep;

import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Verifies the outer signature of a request (RFC 5652 section 5.6), algorithms and key first. */
final class SignatureCheck {
    private final AllowedAlgorithms allowed;

    SignatureCheck(AllowedAlgorithms allowed) {
        this.allowed = allowed;
    }

    /** The message's digest, if an answer may use it too. */
    Optional<DigestAlgorithm> findDigest(SignedMessage message) {
        return DigestAlgorithm.find(message.digestAlgorithm().getAlgorithm()).filter(allowed::allow);
    }

    VerifiedSigner verify(SignedMessage message) throws RejectedException {
        DigestAlgorithm digest =
                findDigest(message).orElseThrow(() -> new RejectedException(Rejection.DIGEST_ALGORITHM));
        SignatureScheme scheme = SignatureScheme.findInSignerInfo(message.signatureAlgorithm(), digest)
                .orElseThrow(() -> new RejectedException(Rejection.SIGNATURE_ALGORITHM));
        SubjectPublicKeyInfo keyInfo = message.signer().getSubjectPublicKeyInfo();
        PublicKey key = PublicKeys.find(keyInfo).orElseThrow(() -> new RejectedException(Rejection.SIGNER_KEY));
        if (!isIntact(message, digest) || !scheme.verify(key, message.signedAttributes(), message.signature())) {
            throw new RejectedException(Rejection.SIGNATURE_INVALID);
        }
        return new VerifiedSigner(keyInfo, key, scheme, message.signature());
    }

    private static boolean isIntact(SignedMessage message, DigestAlgorithm digest) {
        TransactionAttributes attributes = message.attributes();
        return attributes.contentType().filter(message.contentType()::equals).isPresent()
                && attributes
                        .messageDigest()
                        .filter(expected -> MessageDigest.isEqual(expected, digest.hash(message.content())))
                        .isPresent();
    }
}
