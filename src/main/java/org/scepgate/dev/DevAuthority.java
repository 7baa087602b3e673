package org.scepgate.dev;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The CA of development with its RA and OCSP responder, made on first start and kept as ca.p12, ra.p12 and ocsp.p12. */
final class DevAuthority {
    private static final String NAME = "CN=Scepgate Development CA";
    private static final String RA_NAME = "CN=Scepgate Development RA";
    private static final String OCSP_NAME = "CN=Scepgate Development OCSP";
    private static final Duration LIFE = Duration.ofDays(3650);
    private static final int RSA_BITS = 2048;
    /** Certificate Request Agent: Windows takes no RA certificate without an extended key usage. */
    private static final ASN1ObjectIdentifier REQUEST_AGENT = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.1");

    private final PrivateFolder home;

    DevAuthority(PrivateFolder home) {
        this.home = home;
    }

    /** The settings that make the server use them as the CA of this name. */
    Map<String, String> settings(String name) {
        try {
            if (!Files.exists(caKeystore())) {
                KeyPair keys = rsaKeys();
                save("ca.p12", keys.getPrivate(), authority(keys));
            }
            if (!Files.exists(raKeystore())) {
                certify("ra.p12", DevAuthority::registrationAuthority);
            }
            if (!Files.exists(ocspKeystore())) {
                certify("ocsp.p12", DevAuthority::ocspResponder);
            }
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new CannotStartException("the development CA in " + home.path() + " cannot be made: " + e, e);
        }
        String prefix = "scepgate.cas." + name + ".";
        String passwordFile = home.file("keystore.password").toString();
        return Map.of(
                prefix + "ca-keystore",
                caKeystore().toString(),
                prefix + "ca-password-file",
                passwordFile,
                prefix + "ra-keystore",
                raKeystore().toString(),
                prefix + "ra-password-file",
                passwordFile,
                prefix + "ocsp-keystore",
                ocspKeystore().toString(),
                prefix + "ocsp-password-file",
                passwordFile);
    }

    private interface Purpose {
        X509v3CertificateBuilder certificate(KeyPair keys) throws GeneralSecurityException, IOException;
    }

    private void certify(String file, Purpose purpose)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        KeyStore keystore = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(caKeystore())) {
            keystore.load(in, password());
        }
        PrivateKey caKey = (PrivateKey) keystore.getKey("key", password());
        X509Certificate ca = (X509Certificate) keystore.getCertificate("key");
        KeyPair keys = rsaKeys();
        X509v3CertificateBuilder builder = purpose.certificate(keys)
                .addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(ca.getPublicKey()));
        save(file, keys.getPrivate(), sign(builder, caKey), ca);
    }

    private static X509Certificate authority(KeyPair keys)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        X509v3CertificateBuilder builder = builder(NAME, keys)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        return sign(builder, keys.getPrivate());
    }

    private static X509v3CertificateBuilder registrationAuthority(KeyPair keys)
            throws GeneralSecurityException, IOException {
        return builder(RA_NAME, keys)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                // macOS encrypts to another certificate unless it finds both usages here.
                .addExtension(
                        Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment))
                .addExtension(
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(KeyPurposeId.getInstance(REQUEST_AGENT)));
    }

    private static X509v3CertificateBuilder ocspResponder(KeyPair keys) throws GeneralSecurityException, IOException {
        return builder(OCSP_NAME, keys)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning))
                .addExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
    }

    private static X509v3CertificateBuilder builder(String subject, KeyPair keys)
            throws GeneralSecurityException, IOException {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                        new X500Name(NAME),
                        new BigInteger(127, new SecureRandom()),
                        Date.from(now.minus(Duration.ofMinutes(5))),
                        Date.from(now.plus(LIFE)),
                        new X500Name(subject),
                        keys.getPublic())
                .addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(key)));
    }

    private static KeyPair rsaKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS);
        return generator.generateKeyPair();
    }

    private void save(String file, PrivateKey key, Certificate... chain) throws GeneralSecurityException, IOException {
        KeyStore keystore = KeyStore.getInstance("PKCS12");
        keystore.load(null, null);
        keystore.setKeyEntry("key", key, password(), chain);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        keystore.store(bytes, password());
        home.writeOnce(file, bytes.toByteArray());
    }

    private char[] password() {
        return home.secret("keystore.password").toCharArray();
    }

    private Path caKeystore() {
        return home.file("ca.p12");
    }

    private Path ocspKeystore() {
        return home.file("ocsp.p12");
    }

    private Path raKeystore() {
        return home.file("ra.p12");
    }
}
