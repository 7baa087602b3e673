package org.scepgate.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CRLEntryHolder;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestKeys;

/** What the keys of a CA do beside issuing: talk SCEP, sign CRLs, own up to what they signed. */
class KeyRolesTest {
    private static final KeyPair DEVICE = TestKeys.rsa();

    @TempDir
    static Path folder;

    private static TestCa today;
    private static TestCa tomorrow;
    private static TestCa speaking;

    @BeforeAll
    static void makeKeys() {
        today = TestCa.in(folder.resolve("today"), "Acme CA");
        // The same name with another key: half of all CAs roll over like this.
        tomorrow = TestCa.elliptic(folder.resolve("tomorrow"), "Acme CA");
        speaking = TestCa.speaking(folder.resolve("speaking"), "Acme Lone CA");
    }

    private static KeyEntry load(Path file) throws UnusableKeyException {
        return SoftwareKeys.load(file, TestCa.PASSWORD.toCharArray());
    }

    private static CaKeys keys(TestCa ca) throws UnusableKeyException {
        return new CaKeys("acme", load(ca.caKeystore()), Optional.of(load(ca.raKeystore())), Optional.empty());
    }

    private static X509CertificateHolder certificate(TestCa ca) {
        return ca.certify("CN=device-42", DEVICE.getPublic(), TestCa.Validity.ofDays(9));
    }

    @Test
    void letsOnlyACaTalkScepThatSaysSo() throws UnusableKeyException {
        assertThat(KeyCheck.problemOfSpeakingAuthority(load(speaking.caKeystore())))
                .isEmpty();
        assertThat(KeyCheck.problemOfSpeakingAuthority(load(today.caKeystore())))
                .hasValueSatisfying(problem -> assertThat(problem).contains("digitalSignature and keyEncipherment"));
        assertThat(KeyCheck.problemOfSpeakingAuthority(load(tomorrow.caKeystore())))
                .hasValueSatisfying(problem -> assertThat(problem).contains("RSA"));
    }

    @Test
    void letsOnlyACaSignCrlsThatSaysSo() throws UnusableKeyException {
        assertThat(KeyCheck.problemOfCrlSigner(load(today.caKeystore()))).isEmpty();
        assertThat(KeyCheck.problemOfCrlSigner(load(today.raKeystore())))
                .hasValueSatisfying(problem -> assertThat(problem).contains("cRLSign"));
    }

    @Test
    void ownsUpToWhatItsKeysSignedAndToNothingElse() throws Exception {
        CaGenerations ca = new CaGenerations(keys(today), Optional.of(keys(tomorrow)), Optional.empty());
        X509CertificateHolder model = certificate(today);
        X509CertificateHolder forged = new X509v3CertificateBuilder(
                        model.getIssuer(),
                        model.getSerialNumber(),
                        model.getNotBefore(),
                        model.getNotAfter(),
                        model.getSubject(),
                        SubjectPublicKeyInfo.getInstance(DEVICE.getPublic().getEncoded()))
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(DEVICE.getPrivate()));

        assertThat(ca.issued(model)).isTrue();
        assertThat(ca.issued(certificate(tomorrow))).isTrue();
        assertThat(ca.issued(certificate(speaking))).isFalse();
        assertThat(ca.issued(forged)).isFalse();
        assertThat(ca.current().id()).isNotEqualTo(ca.next().orElseThrow().id());
    }

    @Test
    void signsACrl() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        CrlEntries entries = new CrlEntries();
        entries.add(BigInteger.TEN, now.minusSeconds(60), RevocationReason.KEY_COMPROMISE);
        entries.add(BigInteger.TWO, now, RevocationReason.UNSPECIFIED);

        SignedCrl signed = new CrlSigner(keys(tomorrow)).sign(entries, 42, now, Duration.ofDays(7));

        X509CRLHolder crl = new X509CRLHolder(signed.der());

        assertThat(crl.isSignatureValid(new JcaContentVerifierProviderBuilder().build(tomorrow.certificate())))
                .isTrue();
        assertThat(crl.getIssuer()).isEqualTo(tomorrow.certificate().getSubject());
        assertThat(crl.getThisUpdate()).isEqualTo(Date.from(now));
        assertThat(crl.getNextUpdate()).isEqualTo(Date.from(now.plus(Duration.ofDays(7))));
        assertThat(crl.getExtension(Extension.cRLNumber).getParsedValue()).isEqualTo(new ASN1Integer(42));
        X509CRLEntryHolder entry = crl.getRevokedCertificate(BigInteger.TEN);
        assertThat(entry.getRevocationDate()).isEqualTo(Date.from(now.minusSeconds(60)));
        assertThat(CRLReason.getInstance(
                                entry.getExtension(Extension.reasonCode).getParsedValue())
                        .getValue()
                        .intValue())
                .isEqualTo(CRLReason.keyCompromise);
        assertThat(crl.getRevokedCertificate(BigInteger.TWO).hasExtensions()).isFalse();
    }

    @Test
    void signsALongCrlAndAnEmptyOne() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        CrlEntries many = new CrlEntries();
        for (int i = 1; i <= 3_000; i++) {
            many.add(BigInteger.ONE.shiftLeft(120).add(BigInteger.valueOf(i)), now, RevocationReason.SUPERSEDED);
        }
        CrlSigner signer = new CrlSigner(keys(tomorrow));

        X509CRLHolder crl =
                new X509CRLHolder(signer.sign(many, 1, now, Duration.ofDays(7)).der());
        X509CRLHolder empty = new X509CRLHolder(
                signer.sign(new CrlEntries(), 2, now, Duration.ofDays(7)).der());

        assertThat(crl.isSignatureValid(new JcaContentVerifierProviderBuilder().build(tomorrow.certificate())))
                .isTrue();
        assertThat(crl.getRevokedCertificates()).hasSize(3_000);
        assertThat(empty.getRevokedCertificates()).isEmpty();
        assertThat(empty.toASN1Structure().getTBSCertList().getRevokedCertificates())
                .isEmpty();
    }
}
