package org.scepgate.scep;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.spec.ECGenParameterSpec;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Keys and certificates of the parties, made once per test run. */
final class Keys {
    static final KeyPair RA = rsa(2048);
    static final KeyPair DEVICE = rsa(2048);
    static final KeyPair OTHER = rsa(2048);
    static final KeyPair EC = ec("secp256r1");

    static final X509CertificateHolder RA_CERTIFICATE =
            certificate("CN=Test RA,O=Acme", "CN=Test CA,O=Acme", RA, OTHER, BigInteger.valueOf(4711));
    static final X509CertificateHolder DEVICE_CERTIFICATE =
            certificate("CN=device-42", "CN=device-42", DEVICE, DEVICE, BigInteger.ONE);

    private Keys() {}

    static RecipientKey recipient() {
        return new RecipientKey(RA.getPrivate(), RA_CERTIFICATE, Security.getProvider("SunJCE"));
    }

    static KeyPair rsa(int bits) {
        return sure(() -> {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        });
    }

    static KeyPair ec(String curve) {
        return sure(() -> {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        });
    }

    static SubjectPublicKeyInfo info(KeyPair pair) {
        return SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
    }

    static X509CertificateHolder certificate(
            String subject, String issuer, KeyPair of, KeyPair by, BigInteger serialNumber) {
        return certificate(subject, issuer, info(of), by, serialNumber);
    }

    static X509CertificateHolder certificate(
            String subject, String issuer, SubjectPublicKeyInfo of, KeyPair by, BigInteger serialNumber) {
        return builder(subject, issuer, of, serialNumber).build(signer(by));
    }

    static X509v3CertificateBuilder builder(
            String subject, String issuer, SubjectPublicKeyInfo of, BigInteger serialNumber) {
        return new X509v3CertificateBuilder(
                new X500Name(issuer),
                serialNumber,
                new Date(0),
                new Date(4_000_000_000_000L),
                new X500Name(subject),
                of);
    }

    static ContentSigner signer(KeyPair by) {
        return signer(by, by.getPrivate().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
    }

    static ContentSigner signer(KeyPair by, String algorithm) {
        return sure(() -> new JcaContentSignerBuilder(algorithm).build(by.getPrivate()));
    }

    /** A step that fails only if the test itself is wrong. */
    interface Step<T> {
        T run() throws Exception;
    }

    static <T> T sure(Step<T> step) {
        try {
            return step.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
