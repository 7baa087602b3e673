package org.scepgate.device;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A kind of key that a device may make for itself. */
enum KeyType {
    RSA2048("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)),
    RSA3072("RSA", new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4)),
    RSA4096("RSA", new RSAKeyGenParameterSpec(4096, RSAKeyGenParameterSpec.F4)),
    EC256("EC", new ECGenParameterSpec("secp256r1")),
    EC384("EC", new ECGenParameterSpec("secp384r1"));

    private final String algorithm;
    private final AlgorithmParameterSpec parameters;

    KeyType(String algorithm, AlgorithmParameterSpec parameters) {
        this.algorithm = algorithm;
        this.parameters = parameters;
    }

    /** The kind of this key, or the next stronger one that is made here. */
    static KeyType of(SubjectPublicKeyInfo key) throws CommandException {
        try {
            AsymmetricKeyParameter parameters = PublicKeyFactory.createKey(key);
            if (parameters instanceof RSAKeyParameters rsa) {
                int bits = rsa.getModulus().bitLength();
                return bits <= 2048 ? RSA2048 : bits <= 3072 ? RSA3072 : RSA4096;
            }
            if (parameters instanceof ECPublicKeyParameters ec) {
                return ec.getParameters().getCurve().getFieldSize() <= 256 ? EC256 : EC384;
            }
        } catch (IOException | RuntimeException unreadable) {
            throw CommandException.usage("the certificate's key cannot be read; choose --key-type");
        }
        throw CommandException.usage("the certificate's key is neither RSA nor EC; choose --key-type");
    }

    KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java makes no " + this + " keys", e);
        }
    }

    /** Signs CSRs and certificates. */
    static ContentSigner signer(PrivateKey key) {
        String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        try {
            return new JcaContentSignerBuilder(algorithm).build(key);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("The key cannot sign " + algorithm, e);
        }
    }
}
