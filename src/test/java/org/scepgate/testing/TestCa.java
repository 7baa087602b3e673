package org.scepgate.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certification authority with its registration authority, as two PKCS#12 files. */
public final class TestCa {
    public static final String PASSWORD = "made-at-test-time";

    private final Path folder;
    private final X500Name name;
    private final KeyPair caKeys = TestKeys.rsa();
    private final KeyPair raKeys = TestKeys.rsa();
    private final X509CertificateHolder ca;
    private final X509CertificateHolder ra;

    private TestCa(Path folder, String name) throws GeneralSecurityException, IOException, OperatorCreationException {
        this.folder = folder;
        this.name = new X500Name("CN=" + name);
        this.ca = certificate(this.name, caKeys, true);
        this.ra = certificate(new X500Name("CN=" + name + " RA"), raKeys, false);
    }

    /** Makes both key pairs and writes {@code ca.p12} and {@code ra.p12} into the folder. */
    public static TestCa in(Path folder, String name) {
        try {
            Files.createDirectories(folder);
            TestCa made = new TestCa(folder, name);
            made.store(made.caKeystore(), made.caKeys, made.ca);
            made.store(made.raKeystore(), made.raKeys, made.ra, made.ca);
            return made;
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    public Path caKeystore() {
        return folder.resolve("ca.p12");
    }

    public Path raKeystore() {
        return folder.resolve("ra.p12");
    }

    public X509CertificateHolder certificate() {
        return ca;
    }

    public X509CertificateHolder raCertificate() {
        return ra;
    }

    public KeyPair raKeys() {
        return raKeys;
    }

    private X509CertificateHolder certificate(X500Name subject, KeyPair keys, boolean authority)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(120, new SecureRandom()),
                Date.from(Instant.now().minus(Duration.ofDays(1))),
                Date.from(Instant.now().plus(Duration.ofDays(3650))),
                subject,
                keys.getPublic());
        int usage = authority
                ? KeyUsage.keyCertSign | KeyUsage.cRLSign
                : KeyUsage.digitalSignature | KeyUsage.keyEncipherment;
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
                .addExtension(Extension.keyUsage, true, new KeyUsage(usage))
                .addExtension(
                        Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(keys.getPublic()))
                .addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        identifiers.createAuthorityKeyIdentifier(caKeys.getPublic()));
        return builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(caKeys.getPrivate()));
    }

    private void store(Path file, KeyPair keys, X509CertificateHolder... chain)
            throws GeneralSecurityException, IOException {
        Certificate[] certificates = new Certificate[chain.length];
        for (int i = 0; i < chain.length; i++) {
            certificates[i] = new JcaX509CertificateConverter().getCertificate(chain[i]);
        }
        KeyStore keystore = KeyStore.getInstance("PKCS12");
        keystore.load(null, null);
        keystore.setKeyEntry("key", keys.getPrivate(), PASSWORD.toCharArray(), certificates);
        try (OutputStream out = Files.newOutputStream(file)) {
            keystore.store(out, PASSWORD.toCharArray());
        }
    }
}
