package org.scepgate.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.junit.jupiter.api.Test;
import org.scepgate.device.Finding.Level;
import org.scepgate.scep.CertificateBundle;

class CertificateCheckTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final KeyPair KEYS = KeyType.RSA2048.generate();
    private static final KeyPair ELLIPTIC = KeyType.EC256.generate();
    private static final X509CertificateHolder CA = certificate("CN=CA", KEYS, true, KeyUsage.keyCertSign, 900);
    private static final int TALKS = KeyUsage.digitalSignature | KeyUsage.keyEncipherment;

    private final Diagnosis diagnosis = new Diagnosis();

    @Test
    void isPleasedWithOneRegistrationAuthorityBeforeItsCa() {
        judge(Authority.CA_AND_RA, certificate("CN=RA", KEYS, false, TALKS, 90), CA);

        assertThat(diagnosis.findings()).extracting(Finding::level).containsOnly(Level.OK);
    }

    @Test
    void comparesTheWholeContentType() {
        judge("application/x-x509-ca-ra-cert; charset=UTF-8", certificate("CN=RA", KEYS, false, TALKS, 90), CA);

        assertThat(texts(Level.PROBLEM)).singleElement().asString().contains("certmonger, Apple and FleetDM");
    }

    @Test
    void countsDays() {
        judge(Authority.CA_AND_RA, certificate("CN=RA", KEYS, false, TALKS, 29), CA);
        judge(Authority.CA_AND_RA, certificate("CN=RA", KEYS, false, TALKS, -1), CA);

        assertThat(diagnosis.findings())
                .extracting(Finding::level, finding -> finding.text().replaceAll(" on .*", ""))
                .contains(tuple(Level.NOTE, "it expires soon,"), tuple(Level.PROBLEM, "it expired"));
    }

    @Test
    void knowsWhatAppleAndWindowsWantOfARegistrationAuthority() {
        X509CertificateHolder mute = certificate("CN=RA", KEYS, false, KeyUsage.digitalSignature, 90);
        judge(Authority.CA_AND_RA, mute, CA);

        assertThat(texts(Level.PROBLEM)).singleElement().asString().contains("Apple's devices encrypt to the CA");
    }

    @Test
    void seesAKeyThatNothingCanBeEncryptedTo() {
        judge(Authority.CA_AND_RA, certificate("CN=RA", ELLIPTIC, false, TALKS, 90), CA);

        assertThat(texts(Level.PROBLEM)).singleElement().asString().contains("its key is not RSA");
    }

    @Test
    void seesLayoutsThatSomeClientsFailOn() {
        X509CertificateHolder one = certificate("CN=RA 1", KEYS, false, TALKS, 90);
        X509CertificateHolder other = certificate("CN=RA 2", KEYS, false, TALKS, 90);

        judge(Authority.CA_AND_RA, CA, one, other);

        assertThat(texts(Level.NOTE))
                .hasSize(2)
                .anySatisfy(text -> assertThat(text).contains("XiPKI"));
    }

    @Test
    void aCaAloneMustTalkToDevicesItself() throws IOException {
        HttpAnswer answer =
                new HttpAnswer(200, Optional.of(Authority.CA_ALONE), Optional.empty(), CA.getEncoded(), Duration.ZERO);

        new CertificateCheck(diagnosis, NOW).judge(answer);

        assertThat(texts(Level.PROBLEM)).singleElement().asString().contains("there is no RA");
    }

    @Test
    void aStrangerIsNoRegistrationAuthority() {
        judge(Authority.CA_AND_RA, certificate("CN=RA", KEYS, false, TALKS, 90));

        assertThat(texts(Level.PROBLEM)).anySatisfy(text -> assertThat(text).contains("no CA certificate"));
        assertThat(texts(Level.PROBLEM)).anySatisfy(text -> assertThat(text).contains("no reason to trust it"));
    }

    @Test
    void readsNoGarbage() {
        HttpAnswer garbage =
                new HttpAnswer(200, Optional.of(Authority.CA_AND_RA), Optional.empty(), new byte[] {1}, Duration.ZERO);
        HttpAnswer missing = new HttpAnswer(404, Optional.empty(), Optional.empty(), new byte[0], Duration.ZERO);

        assertThat(new CertificateCheck(diagnosis, NOW).judge(garbage)).isEmpty();
        assertThat(new CertificateCheck(diagnosis, NOW).judge(missing)).isEmpty();
        assertThat(texts(Level.PROBLEM)).hasSize(2);
    }

    private List<String> texts(Level level) {
        return diagnosis.findings().stream()
                .filter(finding -> finding.level() == level)
                .map(Finding::text)
                .toList();
    }

    private void judge(String type, X509CertificateHolder... certificates) {
        byte[] body = CertificateBundle.of(List.of(certificates));
        new CertificateCheck(diagnosis, NOW)
                .judge(new HttpAnswer(200, Optional.of(type), Optional.empty(), body, Duration.ZERO));
    }

    private static X509CertificateHolder certificate(String subject, KeyPair keys, boolean ca, int usage, int days) {
        try {
            return new X509v3CertificateBuilder(
                            new X500Name("CN=CA"),
                            BigInteger.TEN,
                            Date.from(NOW.minus(Duration.ofDays(100))),
                            Date.from(NOW.plus(Duration.ofDays(days))),
                            new X500Name(subject),
                            RequestedNames.publicKey(keys))
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(ca))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(usage))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .build(KeyType.signer(KEYS.getPrivate()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
