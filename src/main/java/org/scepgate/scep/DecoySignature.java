package org.scepgate.scep;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import org.bouncycastle.crypto.agreement.DHStandardGroups;

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
        isOf(operations, content);
    }

    /** Whether this content was signed, which is the empty one. */
    boolean isOf(PublicKeyOperations operations, byte[] content) {
        return scheme.verify(operations, key, content, signature);
    }

    private static DecoySignature make() {
        SignatureScheme scheme = SignatureScheme.rsa(DigestAlgorithm.SHA_256);
        try {
            // Nobody needs this key to be secret, so its modulus is a prime that everybody knows (RFC 3526 section 3):
            // two new ones of half the length would cost each start a second.
            BigInteger modulus = DHStandardGroups.rfc3526_2048.getP();
            BigInteger exponent = RSAKeyGenParameterSpec.F4;
            BigInteger inverse = exponent.modInverse(modulus.subtract(BigInteger.ONE));
            KeyFactory keys = KeyFactory.getInstance("RSA");
            // A true signature: one that is noise would fail sooner, before the digests are compared.
            Signature signer = Signature.getInstance(scheme.jcaName());
            signer.initSign(keys.generatePrivate(new RSAPrivateKeySpec(modulus, inverse)));
            return new DecoySignature(
                    scheme, keys.generatePublic(new RSAPublicKeySpec(modulus, exponent)), signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot sign with RSA", e);
        }
    }
}
