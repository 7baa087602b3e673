package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.sql.SQLException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestCa.Validity;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;

/** Certificates that sign the request for their own successor (RFC 8894, 2.4 and 2.5). */
@ExtendWith(Scepgate.Extension.class)
class RenewalIT {
    private static final String SUBJECT = "CN=renewal.acme.example,O=Acme";
    private static final String HOST = "renewal.acme.example";
    private static final KeyPair KEYS = TestKeys.rsa();
    private static final KeyPair NEW_KEYS = TestKeys.rsa();
    private static final String PKCS_REQ = "19";
    private static final String RENEWAL_REQ = "17";

    @TempDir
    Path folder;

    private final Scepgate scepgate;
    private TestMdm.Challenge challenge;

    RenewalIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    /** A device that holds a certificate of this profile. */
    private TestDevice enrolled(String profile) {
        challenge = scepgate.mdm().challenge(profile, SUBJECT, HOST);
        TestDevice device = TestDevice.withKey(scepgate.endpoint(profile), KEYS);
        return device.holding(device.enrol(csr(KEYS).challenge(challenge.secret())));
    }

    private static TestCsr csr(KeyPair keys) {
        return TestCsr.of(keys).subject(SUBJECT).dns(HOST);
    }

    private static CertRep renew(TestDevice device, String type, TestCsr csr) {
        return device.send(device.request(csr).messageType(type));
    }

    @ParameterizedTest
    @ValueSource(strings = {RENEWAL_REQ, PKCS_REQ})
    void renewsForANewKeyAndAnswersTheOldOne(String type) throws SQLException {
        TestDevice device = enrolled(Scepgate.DEMO);

        X509CertificateHolder renewed = renew(device, type, csr(NEW_KEYS)).issued(device.signer());

        new CertificateJudge(scepgate.ca().certificate()).accepts(renewed, folder);
        CertificateJudge.holdsExactly(renewed, SUBJECT, HOST);
        CertificateJudge.certifies(renewed, NEW_KEYS.getPublic());
        assertThat(renewed.getNotAfter())
                .isAfterOrEqualTo(device.signer().certificate().getNotAfter());
        assertThat(Issued.in(scepgate.database()).renewalsOf(device.signer().certificate()))
                .containsExactly(renewed);
    }

    @Test
    void givesTheSameCertificateToTheSameRequestWhateverItsType() throws SQLException {
        TestDevice device = enrolled(Scepgate.DEMO);
        TestCsr csr = csr(NEW_KEYS);

        X509CertificateHolder first = renew(device, RENEWAL_REQ, csr).issued(device.signer());
        X509CertificateHolder second = renew(device, RENEWAL_REQ, csr).issued(device.signer());
        X509CertificateHolder third = renew(device, PKCS_REQ, csr).issued(device.signer());

        assertThat(second).isEqualTo(first);
        assertThat(third).isEqualTo(first);
        assertThat(Issued.in(scepgate.database()).renewalsOf(device.signer().certificate()))
                .hasSize(1);
    }

    @Test
    void renewsForTheSameKeyAgainOnceTheRenewalHasEnded() throws SQLException {
        TestDevice device = enrolled(Scepgate.DEMO);
        X509CertificateHolder first = renew(device, PKCS_REQ, csr(KEYS)).issued(device.signer());
        X509CertificateHolder fewerNames =
                renew(device, PKCS_REQ, TestCsr.of(KEYS).subject(SUBJECT)).issued(device.signer());

        Issued.in(scepgate.database()).end(first);
        X509CertificateHolder second = renew(device, PKCS_REQ, csr(KEYS)).issued(device.signer());

        assertThat(fewerNames).isEqualTo(first);
        assertThat(second).isNotEqualTo(first);
        assertThat(renew(device, PKCS_REQ, csr(KEYS)).issued(device.signer())).isEqualTo(second);
        assertThat(Issued.in(scepgate.database()).renewalsOf(device.signer().certificate()))
                .containsExactlyInAnyOrder(first, second);
    }

    @Test
    void renewsWhatWasRenewedAndKeepsTheKeyIfAsked() {
        TestDevice device = enrolled(Scepgate.DEMO);

        TestDevice second = device.holding(renew(device, PKCS_REQ, csr(KEYS)).issued(device.signer()));
        TestDevice third = second.holding(renew(second, PKCS_REQ, csr(KEYS)).issued(second.signer()));

        assertThat(second.signer().certificate()).isNotEqualTo(device.signer().certificate());
        assertThat(third.signer().certificate()).isNotEqualTo(second.signer().certificate());
        CertificateJudge.certifies(third.signer().certificate(), KEYS.getPublic());
    }

    /** certmonger and sscep send the challenge that they enrolled with for ever. */
    @ParameterizedTest
    @ValueSource(strings = {RENEWAL_REQ, PKCS_REQ})
    void renewsWithTheChallengeOfTheFirstEnrolment(String type) {
        TestDevice device = enrolled(Scepgate.DEMO);
        String secret = challenge.secret();

        CertRep first = renew(device, type, csr(NEW_KEYS).challenge(secret));
        TestDevice renewed = TestDevice.withKey(device.endpoint(), NEW_KEYS).holding(first.issued(device.signer()));
        CertRep second = renew(renewed, type, csr(NEW_KEYS).challenge(secret));

        assertThat(second.issued(renewed.signer()))
                .isNotEqualTo(renewed.signer().certificate());
    }

    @Test
    void spendsANewChallenge() {
        TestDevice device = enrolled(Scepgate.DEMO);
        TestMdm.Challenge another = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT, HOST);
        TestCsr csr = csr(NEW_KEYS).challenge(another.secret());

        X509CertificateHolder renewed = renew(device, RENEWAL_REQ, csr).issued(device.signer());

        assertThat(scepgate.mdm().stateOf(another)).isEqualTo("REDEEMED");
        assertThat(renew(device, RENEWAL_REQ, csr).issued(device.signer())).isEqualTo(renewed);
    }

    /** certmonger goes on with the first challenge whatever came after; others with the last that they were given. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnWithTheFirstOrTheLastChallenge(boolean first) {
        TestDevice device = enrolled(Scepgate.DEMO);
        TestMdm.Challenge last = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT, HOST);
        TestDevice second = device.holding(
                renew(device, RENEWAL_REQ, csr(KEYS).challenge(last.secret())).issued(device.signer()));
        TestDevice third = second.holding(renew(second, PKCS_REQ, csr(KEYS)).issued(second.signer()));
        String secret = first ? challenge.secret() : last.secret();

        assertThat(renew(second, PKCS_REQ, csr(NEW_KEYS).challenge(secret)).isSuccess())
                .isTrue();
        assertThat(renew(third, PKCS_REQ, csr(NEW_KEYS).challenge(secret)).isSuccess())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {RENEWAL_REQ, PKCS_REQ})
    void refusesAWrongChallenge(String type) {
        TestDevice device = enrolled(Scepgate.DEMO);

        assertRefused(renew(device, type, csr(NEW_KEYS).challenge("wrong")));
    }

    @Test
    void wantsANewChallengeToBeBoundToTheNamesOfTheCertificate() throws SQLException {
        TestDevice device = enrolled(Scepgate.DEMO);
        TestMdm.Challenge others = scepgate.mdm().challenge(Scepgate.DEMO, "CN=other.acme.example,O=Acme");

        assertRefused(renew(device, RENEWAL_REQ, csr(NEW_KEYS).challenge(others.secret())));

        assertThat(scepgate.mdm().stateOf(others)).isEqualTo("ISSUED");
        assertThat(Issued.in(scepgate.database()).renewalsOf(device.signer().certificate()))
                .isEmpty();
    }

    @Test
    void enrolsUnderTheNamesOfANewChallengeInAPkcsReq() throws SQLException {
        TestDevice device = enrolled(Scepgate.DEMO);
        TestMdm.Challenge others = scepgate.mdm().challenge(Scepgate.DEMO, "CN=renewal.acme.example,OU=Sales");
        TestCsr csr =
                TestCsr.of(NEW_KEYS).subject("CN=renewal.acme.example,OU=Sales").challenge(others.secret());

        X509CertificateHolder issued = renew(device, PKCS_REQ, csr).issued(device.signer());

        CertificateJudge.holdsExactly(issued, "CN=renewal.acme.example,OU=Sales");
        assertThat(Issued.in(scepgate.database()).forChallenge(others)).containsExactly(issued);
        assertThat(Issued.in(scepgate.database()).renewalsOf(device.signer().certificate()))
                .isEmpty();
    }

    /** Whoever saw a request can sign it anew, and would get the answer: another device's certificate is no excuse. */
    @Test
    void refusesTheCertificateOfAnotherDeviceForASignerWhateverTheChallenge() {
        TestDevice other = enrolled(Scepgate.DEMO);
        TestMdm.Challenge victims = scepgate.mdm().challenge(Scepgate.DEMO, "CN=victim.acme.example");
        TestCsr csr = TestCsr.of(NEW_KEYS).subject("CN=victim.acme.example").challenge(victims.secret());
        TestDevice victim = other.another(NEW_KEYS);

        assertRefused(renew(other, PKCS_REQ, csr));

        assertThat(scepgate.mdm().stateOf(victims)).isEqualTo("ISSUED");
        assertThat(renew(victim, PKCS_REQ, csr).isSuccess()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "CN=renewal.acme.example, renewal.acme.example, true",
        "'CN=renewal.acme.example,O=Acme', , true",
        "'CN=another.acme.example,O=Acme', renewal.acme.example, false",
        "'CN=renewal.acme.example,O=Acme', another.acme.example, false"
    })
    void keepsSubjectAndSan(String subject, String host, boolean renews) {
        TestDevice device = enrolled(Scepgate.DEMO);
        TestCsr csr = TestCsr.of(NEW_KEYS).subject(subject);

        CertRep answer = renew(device, RENEWAL_REQ, host == null ? csr : csr.dns(host));

        if (renews) {
            CertificateJudge.holdsExactly(answer.issued(device.signer()), SUBJECT, HOST);
        } else {
            assertRefused(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {RENEWAL_REQ, PKCS_REQ})
    void refusesARevokedCertificate(String type) throws SQLException {
        TestDevice device = enrolled(Scepgate.DEMO);
        Issued.in(scepgate.database()).revoke(device.signer().certificate());

        assertRefused(renew(device, type, csr(NEW_KEYS)));
    }

    @ParameterizedTest
    @ValueSource(strings = {RENEWAL_REQ, PKCS_REQ})
    void refusesAnExpiredCertificate(String type) throws SQLException {
        X509CertificateHolder expired = scepgate.ca().certify(SUBJECT, KEYS.getPublic(), Validity.ofDays(-1));
        Issued.in(scepgate.database()).add("test", Scepgate.DEMO, expired);
        TestDevice device =
                TestDevice.withKey(scepgate.endpoint(Scepgate.DEMO), KEYS).holding(expired);

        assertRefused(renew(device, type, TestCsr.of(NEW_KEYS).subject(SUBJECT)));
    }

    @ParameterizedTest
    @ValueSource(strings = {RENEWAL_REQ, PKCS_REQ})
    void refusesACertificateOfAnotherProfile(String type) {
        TestDevice device = enrolled(Scepgate.OTHER).at(scepgate.endpoint(Scepgate.DEMO));

        assertRefused(renew(device, type, csr(NEW_KEYS)));
    }

    /** The CA's signature alone is not enough: what the CA signs elsewhere is nothing to this service. */
    @ParameterizedTest
    @ValueSource(strings = {RENEWAL_REQ, PKCS_REQ})
    void refusesACertificateThatItHasNotIssued(String type) {
        X509CertificateHolder unknown = scepgate.ca().certify(SUBJECT, KEYS.getPublic(), Validity.ofDays(9));
        TestDevice device =
                TestDevice.withKey(scepgate.endpoint(Scepgate.DEMO), KEYS).holding(unknown);

        assertRefused(renew(device, type, csr(NEW_KEYS)));
    }

    @ParameterizedTest
    @ValueSource(strings = {RENEWAL_REQ, PKCS_REQ})
    void refusesALookAlikeOfACertificate(String type) {
        TestDevice device = enrolled(Scepgate.DEMO);
        X509CertificateHolder forged = Forgery.of(device.signer().certificate(), NEW_KEYS);
        TestDevice forger = device.another(NEW_KEYS).holding(forged);

        assertRefused(renew(forger, type, csr(NEW_KEYS)));
    }

    @Test
    void neverRenewsForASelfSignedSigner() {
        TestMdm.Challenge another = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT, HOST);
        TestDevice device = TestDevice.withKey(scepgate.endpoint(Scepgate.DEMO), NEW_KEYS);

        assertRefused(renew(device, RENEWAL_REQ, csr(NEW_KEYS)));
        assertRefused(renew(device, RENEWAL_REQ, csr(NEW_KEYS).challenge(another.secret())));

        assertThat(scepgate.mdm().stateOf(another)).isEqualTo("ISSUED");
    }

    @ParameterizedTest
    @ValueSource(strings = {RENEWAL_REQ, PKCS_REQ})
    void refusesBeforeTheWindowOpens(String type) {
        TestDevice device = enrolled(Scepgate.LATE_RENEWAL);

        assertRefused(renew(device, type, csr(NEW_KEYS)));
    }

    @Test
    void wantsANewKeyWhereTheProfileSaysSo() {
        TestDevice device = enrolled(Scepgate.NEW_KEYS);

        assertRefused(renew(device, RENEWAL_REQ, csr(KEYS)));
        assertThat(renew(device, RENEWAL_REQ, csr(NEW_KEYS)).isSuccess()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {RENEWAL_REQ, PKCS_REQ})
    void refusesWhereRenewalIsOff(String type) {
        TestDevice device = enrolled(Scepgate.NO_RENEWAL);

        assertRefused(renew(device, type, csr(NEW_KEYS)));
    }

    @ParameterizedTest
    @CsvSource({"demo, true", "no-renewal, false"})
    void isAnnouncedWhereItIsOn(String profile, boolean announced) {
        String capabilities = new String(scepgate.endpoint(profile).getCaCaps().body(), StandardCharsets.US_ASCII);

        assertThat(capabilities.lines().anyMatch("Renewal"::equals)).isEqualTo(announced);
    }

    /** Neither key nor challenge to encrypt the answer with (RFC 8894, 3.1). */
    @ParameterizedTest
    @ValueSource(strings = {RENEWAL_REQ, PKCS_REQ})
    void tellsAnEllipticSignerWithoutAChallengeBeforeAnythingIsIssued(String type) throws SQLException {
        KeyPair elliptic = TestKeys.ec("secp256r1");
        TestMdm.Challenge bound = scepgate.mdm().challenge(Scepgate.FLEET, SUBJECT, HOST);
        TestDevice fleet = TestDevice.withKey(scepgate.endpoint(Scepgate.FLEET), KEYS);
        X509CertificateHolder issued = fleet.enrol(csr(elliptic).challenge(bound.secret()));
        TestDevice device = fleet.another(elliptic).holding(issued);

        CertRep answer = renew(device, type, csr(elliptic));

        assertThat(answer.failInfo()).contains("0");
        assertThat(Issued.in(scepgate.database()).renewalsOf(issued)).isEmpty();
    }

    private static void assertRefused(CertRep answer) {
        assertThat(answer.failInfo()).contains("2");
    }
}
