package org.scepgate.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certification authority with its registration authority, and its OCSP responder, as three PKCS#12 files. */
public final class TestCa {
    public static final String PASSWORD = "made-at-test-time";

    private static final int AUTHORITY = KeyUsage.keyCertSign | KeyUsage.cRLSign;
    private static final int SPEAKER = KeyUsage.digitalSignature | KeyUsage.keyEncipherment;

    private final Path folder;
    private final X500Name name;
    private final KeyPair caKeys;
    private final KeyPair raKeys = TestKeys.rsa();
    private final List<X509CertificateHolder> chain = new ArrayList<>();
    private final X509CertificateHolder ra;
    private final KeyPair ocspKeys = TestKeys.ec("secp256r1");
    private final X509CertificateHolder ocsp;

    private TestCa(Plan plan) throws GeneralSecurityException, IOException, OperatorCreationException {
        this.folder = plan.folder();
        this.name = new X500Name("CN=" + plan.name());
        this.caKeys = plan.keys();
        TestCa issuer = plan.above() == null ? this : plan.above();
        Validity years = plan.validity();
        chain.add(issuer.certificate(name, caKeys.getPublic(), plan.usage(), years));
        if (plan.above() != null) {
            chain.addAll(plan.above().chain);
        }
        this.ra = certificate(new X500Name("CN=" + plan.name() + " RA"), raKeys.getPublic(), SPEAKER, years);
        this.ocsp = delegateOcsp();
    }

    private record Plan(Path folder, String name, KeyPair keys, int usage, TestCa above, Validity validity) {
        Plan(Path folder, String name, KeyPair keys, int usage, TestCa above) {
            this(folder, name, keys, usage, above, Validity.ofDays(3650));
        }
    }

    /** From when to when a certificate is valid. */
    public record Validity(Instant from, Instant until) {
        public static Validity ofDays(int days) {
            Instant now = Instant.now();
            return new Validity(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(days)));
        }
    }

    /** Makes the key pairs and writes {@code ca.p12}, {@code ra.p12} and {@code ocsp.p12} into the folder. */
    public static TestCa in(Path folder, String name) {
        return make(new Plan(folder, name, TestKeys.rsa(), AUTHORITY, null));
    }

    /** One whose own certificate is fit to talk SCEP (RFC 8894, 2.1.2). */
    public static TestCa speaking(Path folder, String name) {
        return make(new Plan(folder, name, TestKeys.rsa(), AUTHORITY | SPEAKER, null));
    }

    /** One that another certified. */
    public static TestCa under(TestCa above, Path folder, String name) {
        return make(new Plan(folder, name, TestKeys.rsa(), AUTHORITY, above));
    }

    /** One with an elliptic key; its RA's is RSA all the same. */
    public static TestCa elliptic(Path folder, String name) {
        return make(new Plan(folder, name, TestKeys.ec("secp384r1"), AUTHORITY, null));
    }

    /** One whose certificates ended a moment ago. */
    public static TestCa ended(Path folder, String name) {
        return make(new Plan(folder, name, TestKeys.rsa(), AUTHORITY, null, Validity.ofDays(0)));
    }

    /** One whose certificates are valid for so long. */
    public static TestCa valid(Path folder, String name, Validity validity) {
        return make(new Plan(folder, name, TestKeys.rsa(), AUTHORITY, null, validity));
    }

    private static TestCa make(Plan plan) {
        try {
            Files.createDirectories(plan.folder());
            TestCa made = new TestCa(plan);
            made.store(made.caKeystore(), made.caKeys, made.chain);
            List<X509CertificateHolder> raChain = new ArrayList<>(List.of(made.ra));
            raChain.addAll(made.chain);
            made.store(made.raKeystore(), made.raKeys, raChain);
            List<X509CertificateHolder> ocspChain = new ArrayList<>(List.of(made.ocsp));
            ocspChain.addAll(made.chain);
            made.store(made.ocspKeystore(), made.ocspKeys, ocspChain);
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

    /** The key pair that the CA has delegated OCSP to. */
    public Path ocspKeystore() {
        return folder.resolve("ocsp.p12");
    }

    public X509CertificateHolder certificate() {
        return chain.get(0);
    }

    /** The CA's certificate and those above it. */
    public List<X509CertificateHolder> chain() {
        return List.copyOf(chain);
    }

    public X509CertificateHolder raCertificate() {
        return ra;
    }

    public X509CertificateHolder ocspCertificate() {
        return ocsp;
    }

    public KeyPair caKeys() {
        return caKeys;
    }

    public KeyPair raKeys() {
        return raKeys;
    }

    public KeyPair ocspKeys() {
        return ocspKeys;
    }

    /** A certificate that the CA's key signs behind the server's back. */
    public X509CertificateHolder certify(String subject, PublicKey key, Validity validity) {
        try {
            return certificate(new X500Name(subject), key, SPEAKER, validity);
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509CertificateHolder certificate(X500Name subject, PublicKey key, int usage, Validity validity)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        return sign(builder(subject, key, usage, validity));
    }

    private X509CertificateHolder delegateOcsp()
            throws GeneralSecurityException, IOException, OperatorCreationException {
        X500Name subject = new X500Name(name + " OCSP");
        X509v3CertificateBuilder builder =
                builder(subject, ocspKeys.getPublic(), KeyUsage.digitalSignature, Validity.ofDays(3650));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning));
        builder.addExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
        return sign(builder);
    }

    private X509v3CertificateBuilder builder(X500Name subject, PublicKey key, int usage, Validity validity)
            throws GeneralSecurityException, IOException {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(120, new SecureRandom()),
                Date.from(validity.from()),
                Date.from(validity.until()),
                subject,
                key);
        boolean authority = (usage & KeyUsage.keyCertSign) != 0;
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
                .addExtension(Extension.keyUsage, true, new KeyUsage(usage))
                .addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key))
                .addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        identifiers.createAuthorityKeyIdentifier(caKeys.getPublic()));
        return builder;
    }

    private X509CertificateHolder sign(X509v3CertificateBuilder builder) throws OperatorCreationException {
        String algorithm = "EC".equals(caKeys.getPrivate().getAlgorithm()) ? "SHA384withECDSA" : "SHA256withRSA";
        return builder.build(new JcaContentSignerBuilder(algorithm).build(caKeys.getPrivate()));
    }

    private void store(Path file, KeyPair keys, List<X509CertificateHolder> certificates)
            throws GeneralSecurityException, IOException {
        Certificate[] stored = new Certificate[certificates.size()];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = new JcaX509CertificateConverter().getCertificate(certificates.get(i));
        }
        KeyStore keystore = KeyStore.getInstance("PKCS12");
        keystore.load(null, null);
        keystore.setKeyEntry("key", keys.getPrivate(), PASSWORD.toCharArray(), stored);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(file)) {
            keystore.store(out, PASSWORD.toCharArray());
        }
    }
}
