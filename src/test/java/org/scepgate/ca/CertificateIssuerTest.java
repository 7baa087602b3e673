package org.scepgate.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.platform.UnavailableException;
import org.scepgate.policy.Binding;
import org.scepgate.policy.CertificateTemplate;
import org.scepgate.policy.ChallengeState;
import org.scepgate.policy.Csr;
import org.scepgate.policy.Decision;
import org.scepgate.policy.EnrollmentPolicy;
import org.scepgate.policy.EnrollmentRequest;
import org.scepgate.policy.ExtendedKeyUsage;
import org.scepgate.policy.KeyUsage;
import org.scepgate.policy.KnownChallenge;
import org.scepgate.policy.Profile;
import org.scepgate.policy.RequestedAltNames;
import org.scepgate.policy.RequestedBinding;
import org.scepgate.testing.CertificateLint;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestProfile;
import org.scepgate.testing.TestSigner;

class CertificateIssuerTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final KeyPair DEVICE = TestKeys.rsa();

    @TempDir
    static Path folder;

    private static CaKeys keys;
    private static CertificateIssuer issuer;

    @BeforeAll
    static void makeCa() throws UnusableKeyException {
        TestCa ca = TestCa.in(folder, "Acme CA");
        keys = new CaKeys("acme", load(ca.caKeystore()), Optional.of(load(ca.raKeystore())), Optional.empty());
        issuer = new CertificateIssuer(keys, new SecureRandom(), PublicUrls.NONE);
    }

    @Test
    void signsWhatTheTemplateSays() throws Exception {
        X509CertificateHolder certificate = issuer.sign(template("CN=device-42", Duration.ofDays(30)), NOW);

        assertThat(certificate.getSubject()).isEqualTo(new X500Name("CN=device-42"));
        assertThat(certificate.getIssuer()).isEqualTo(new X500Name("CN=Acme CA"));
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(NOW.minus(Duration.ofMinutes(5)));
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(30)));
        assertThat(certificate.isSignatureValid(new JcaContentVerifierProviderBuilder()
                        .build(keys.authority().certificate())))
                .isTrue();
    }

    @Test
    void carriesExactlyTheExtensionsOfADevice() throws Exception {
        X509CertificateHolder certificate = issuer.sign(template("CN=device-42", Duration.ofDays(30)), NOW);

        assertThat(certificate.getExtensionOIDs())
                .isEqualTo(List.of(
                        Extension.basicConstraints,
                        Extension.keyUsage,
                        Extension.extendedKeyUsage,
                        Extension.subjectAlternativeName,
                        Extension.subjectKeyIdentifier,
                        Extension.authorityKeyIdentifier));
        assertThat(BasicConstraints.fromExtensions(certificate.getExtensions()).isCA())
                .isFalse();
        assertThat(AuthorityKeyIdentifier.fromExtensions(certificate.getExtensions())
                        .getKeyIdentifierOctets())
                .isEqualTo(SubjectKeyIdentifier.fromExtensions(
                                keys.authority().certificate().getExtensions())
                        .getKeyIdentifier());
    }

    @Test
    void saysWhereCrlAndOcspAndTheCaAre() throws Exception {
        PublicUrls urls = new PublicUrls(
                Optional.of("http://pki.example/crl/acme.crl"),
                Optional.of("http://pki.example/ca/acme.cer"),
                Optional.of("http://pki.example/ocsp/acme"));

        X509CertificateHolder certificate = new CertificateIssuer(keys, new SecureRandom(), urls)
                .sign(template("CN=device-42", Duration.ofDays(30)), NOW);

        assertThat(certificate.getExtension(Extension.cRLDistributionPoints).isCritical())
                .isFalse();
        DistributionPoint[] points = CRLDistPoint.getInstance(certificate
                        .getExtension(Extension.cRLDistributionPoints)
                        .getParsedValue())
                .getDistributionPoints();
        assertThat(points).hasSize(1);
        assertThat(points[0].getDistributionPoint().getName().toString()).contains("http://pki.example/crl/acme.crl");
        AccessDescription[] access = AuthorityInformationAccess.fromExtensions(certificate.getExtensions())
                .getAccessDescriptions();
        assertThat(access).hasSize(2);
        assertThat(access[0].getAccessMethod()).isEqualTo(AccessDescription.id_ad_ocsp);
        assertThat(access[0].getAccessLocation().getName()).hasToString("http://pki.example/ocsp/acme");
        assertThat(access[1].getAccessMethod()).isEqualTo(AccessDescription.id_ad_caIssuers);
        assertThat(access[1].getAccessLocation().getName()).hasToString("http://pki.example/ca/acme.cer");
    }

    @Test
    void neverOutlivesTheCa() throws Exception {
        X509CertificateHolder certificate = issuer.sign(template("CN=device-42", Duration.ofDays(36_000)), NOW);

        assertThat(certificate.getNotAfter())
                .isEqualTo(keys.authority().certificate().getNotAfter());
    }

    @Test
    void makesTheNamesCriticalWhereTheSubjectIsEmpty() throws Exception {
        X509CertificateHolder certificate = issuer.sign(template("", Duration.ofDays(30)), NOW);

        assertThat(certificate.getExtension(Extension.subjectAlternativeName).isCritical())
                .isTrue();
    }

    @Test
    void keepsToTheFormOfRfc5280() throws Exception {
        CertificateLint.accepts(issuer.sign(template("CN=device-42", Duration.ofDays(30)), NOW));
        CertificateLint.accepts(issuer.sign(template("", Duration.ofDays(30)), NOW));
        CrlEntries entries = new CrlEntries();
        CertificateLint.accepts(crl(entries, 1));
        entries.add(BigInteger.ONE, NOW, RevocationReason.UNSPECIFIED);
        entries.add(BigInteger.TWO, NOW, RevocationReason.KEY_COMPROMISE);
        CertificateLint.accepts(crl(entries, 2));
    }

    private static X509CRLHolder crl(CrlEntries entries, long number) throws IOException {
        return new X509CRLHolder(new CrlSigner(keys)
                .sign(entries, number, NOW, Duration.ofDays(7))
                .der());
    }

    /** RFC 5280 section 4.1.2.5: UTCTime has no years after 2049. */
    @Test
    void writesDatesFrom2050OnInFull() throws Exception {
        KeyPair pair = TestKeys.rsa();
        X509CertificateHolder late = TestSigner.of(pair)
                .subject("CN=Acme CA")
                .validity(NOW.minus(Duration.ofDays(1)), Instant.parse("2080-01-01T00:00:00Z"))
                .build()
                .certificate();
        KeyEntry authority = new KeyEntry(SoftwareKey.of(pair.getPrivate()), late, List.of());
        CertificateIssuer lateIssuer = new CertificateIssuer(
                new CaKeys("acme", authority, Optional.empty(), Optional.empty()), new SecureRandom(), PublicUrls.NONE);

        X509CertificateHolder certificate = lateIssuer.sign(template("CN=device-42", Duration.ofDays(18_250)), NOW);

        assertThat(certificate.getNotAfter().toInstant()).isAfter(Instant.parse("2050-01-01T00:00:00Z"));
        CertificateLint.accepts(certificate);
    }

    @Test
    void drawsAnotherSerialOf128BitsEachTime() throws Exception {
        CertificateTemplate template = template("CN=device-42", Duration.ofDays(30));
        Set<String> serials = new HashSet<>();

        for (int i = 0; i < 20; i++) {
            X509CertificateHolder certificate = issuer.sign(template, NOW);
            assertThat(certificate.getSerialNumber()).isPositive();
            assertThat(certificate.getSerialNumber().bitLength()).isBetween(96, 128);
            serials.add(certificate.getSerialNumber().toString(16));
        }

        assertThat(serials).hasSize(20);
    }

    @Test
    void doesNotSignInTheNameOfACaOutOfDate() {
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() ->
                        issuer.sign(template("CN=device-42", Duration.ofDays(30)), NOW.plus(Duration.ofDays(36_500))))
                .withMessageContaining("acme");
    }

    /** The way every template is made: by a decision of the policy. */
    private static CertificateTemplate template(String subject, Duration validity) throws Exception {
        Profile profile = profile(validity);
        RequestedAltNames names = new RequestedAltNames(List.of("device-42.acme.example"), null, null, null, null);
        Binding binding = Binding.of(new RequestedBinding(subject, names, "subset", null, null, null, null), profile);
        KnownChallenge challenge = new KnownChallenge(
                UUID.randomUUID(), binding, new ChallengeState.Open(), NOW.plus(Duration.ofHours(1)), NOW);
        PKCS10CertificationRequest csr = new JcaPKCS10CertificationRequestBuilder(
                        new X500Name(subject), DEVICE.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(DEVICE.getPrivate()));
        EnrollmentRequest request = new EnrollmentRequest(profile, Csr.of(csr), true, Optional.empty());
        Decision decision = EnrollmentPolicy.decide(request, challenge, NOW);
        return ((Decision.Issue) decision).template();
    }

    private static Profile profile(Duration validity) {
        return TestProfile.named("demo")
                .validity(validity)
                .keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE))
                .extendedKeyUsage(List.of(ExtendedKeyUsage.parse("clientAuth")))
                .issuer("CN=Acme CA")
                .build();
    }

    private static KeyEntry load(Path file) throws UnusableKeyException {
        return SoftwareKeys.load(file, TestCa.PASSWORD.toCharArray());
    }
}
