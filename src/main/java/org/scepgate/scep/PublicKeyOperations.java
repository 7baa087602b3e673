package org.scepgate.scep;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.security.auth.DestroyFailedException;
import javax.security.auth.Destroyable;

/**
 * Where signatures of strangers are verified and keys are encrypted to them: in the JDK's providers, or for RSA with PKCS#1
 * v1.5 in a faster one. Keys and algorithms that it does not take, the JDK's do. It is stricter with signatures: a
 * DigestInfo without the NULL of its algorithm (RFC 8017 section 9.2, note 2) does not hold there. Nobody is asked a second
 * time, for inside the envelope that would show in time (ADR 0003).
 */
public final class PublicKeyOperations {
    /** Those of the JDK. */
    public static final PublicKeyOperations OF_JDK = new PublicKeyOperations(Optional.empty());

    private static final String PKCS1 = "RSA/ECB/PKCS1Padding";

    private final Optional<Provider> fast;

    private PublicKeyOperations(Optional<Provider> fast) {
        this.fast = fast;
    }

    public static PublicKeyOperations in(Provider fast) {
        return new PublicKeyOperations(Optional.of(fast));
    }

    /** Fails with {@code InvalidKeyException} or {@code SignatureException} for what the key has not signed. */
    boolean verify(SignatureScheme scheme, PublicKey key, byte[] signed, byte[] signatureValue)
            throws GeneralSecurityException {
        String algorithm = scheme.jcaName();
        Optional<PublicKey> own =
                scheme.parameters().isEmpty() && takes("Signature", algorithm) ? ownKey(key) : Optional.empty();
        try {
            Signature signature =
                    own.isPresent() ? Signature.getInstance(algorithm, fast.get()) : Signature.getInstance(algorithm);
            if (scheme.parameters().isPresent()) {
                signature.setParameter(scheme.parameters().get());
            }
            signature.initVerify(own.orElse(key));
            signature.update(signed);
            return signature.verify(signatureValue);
        } finally {
            own.ifPresent(PublicKeyOperations::giveBack);
        }
    }

    /** Encrypts with PKCS#1 v1.5 to an RSA key. */
    byte[] encrypt(byte[] content, PublicKey key) throws GeneralSecurityException {
        Optional<PublicKey> own = takes("Cipher", PKCS1) ? ownKey(key) : Optional.empty();
        try {
            Cipher cipher = own.isPresent() ? Cipher.getInstance(PKCS1, fast.get()) : Cipher.getInstance(PKCS1);
            cipher.init(Cipher.ENCRYPT_MODE, own.orElse(key));
            return cipher.doFinal(content);
        } finally {
            own.ifPresent(PublicKeyOperations::giveBack);
        }
    }

    /** A key of a faster provider lives outside the heap, otherwise until the collector finds it unused. */
    private static void giveBack(PublicKey own) {
        if (own instanceof Destroyable key) {
            try {
                key.destroy();
            } catch (DestroyFailedException leftToTheCollector) {
                // It is a public key: nothing is lost but memory, and that not for long.
            }
        }
    }

    private boolean takes(String type, String algorithm) {
        return fast.isPresent() && fast.get().getService(type, algorithm) != null;
    }

    /** The key as the fast provider's own object, with others it is half as fast; empty if it is none for it. */
    private Optional<PublicKey> ownKey(PublicKey key) throws GeneralSecurityException {
        if (!(key instanceof RSAPublicKey rsa)) {
            return Optional.empty();
        }
        try {
            RSAPublicKeySpec numbers = new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent());
            return Optional.of(KeyFactory.getInstance("RSA", fast.get()).generatePublic(numbers));
        } catch (InvalidKeySpecException stricterThanTheJdk) {
            return Optional.empty();
        }
    }
}
