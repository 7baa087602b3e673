package org.scepgate.scep;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;

/**
 * A signature to verify where there is none, so that time does not tell whether a CSR was found. The key is our own:
 * with one that the sender chose, the sender would choose what the verification costs.
 */
final class DecoySignature {
    private static final DecoySignature INSTANCE = make();

    private final SignatureScheme scheme;
    private final PublicKey key;
    private final byte[] signature;

    private DecoySignature(SignatureScheme scheme, PublicKey key, byte[] signature) {
        this.scheme = scheme;
        this.key = key;
        this.signature = signature;
    }

    static DecoySignature instance() {
        return INSTANCE;
    }

    /** Costs what verifying the signature of an ordinary CSR costs, and means nothing. */
    void spendVerification(PublicKeyOperations operations, byte[] content) {
        scheme.verify(operations, key, content, signature);
    }

    private static DecoySignature make() {
        SignatureScheme scheme = SignatureScheme.rsa(DigestAlgorithm.SHA_256);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            // A true signature: one that is noise would fail sooner, before the digests are compared.
            Signature signer = Signature.getInstance(scheme.jcaName());
            signer.initSign(pair.getPrivate());
            return new DecoySignature(scheme, pair.getPublic(), signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot sign with RSA", e);
        }
    }
}
