package org.scepgate.scep;

import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Verifies the outer signature of a message (RFC 5652 section 5.6), algorithms and key first. */
final class SignatureCheck {
    private final AllowedAlgorithms allowed;
    private final PublicKeyOperations operations;
    private final Function<SubjectPublicKeyInfo, Optional<PublicKey>> keys;

    /** @param keys finds a key that it is safe to calculate with */
    SignatureCheck(
            AllowedAlgorithms allowed,
            PublicKeyOperations operations,
            Function<SubjectPublicKeyInfo, Optional<PublicKey>> keys) {
        this.allowed = allowed;
        this.operations = operations;
        this.keys = keys;
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
        PublicKey key = keys.apply(keyInfo).orElseThrow(() -> new RejectedException(Rejection.SIGNER_KEY));
        if (!isIntact(message, digest)
                || !scheme.verify(operations, key, message.signedAttributes(), message.signature())) {
            throw new RejectedException(Rejection.SIGNATURE_INVALID);
        }
        return new VerifiedSigner(keyInfo);
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
