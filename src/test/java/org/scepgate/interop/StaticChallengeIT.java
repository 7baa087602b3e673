package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.TestAdapters;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;

/** Devices that share one challenge. */
@ExtendWith(Scepgate.Extension.class)
class StaticChallengeIT {
    private static final String SECRET = TestAdapters.STATIC_CHALLENGE;

    private final Scepgate scepgate;
    private final TestDevice device;

    StaticChallengeIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.GEAR));
    }

    @Test
    void enrolsDeviceAfterDevice() {
        TestDevice other = device.another(TestKeys.rsa());

        X509CertificateHolder first = device.enrol(device.csr("CN=router-1.acme.example", SECRET));
        X509CertificateHolder second = other.enrol(other.csr("CN=router-2.acme.example", SECRET));

        CertificateJudge.holdsExactly(first, "CN=router-1.acme.example");
        CertificateJudge.holdsExactly(second, "CN=router-2.acme.example");
        assertThat(scepgate.server().log()).doesNotContain(SECRET);
    }

    @Test
    void theSameRequestGetsTheSameCertificate() {
        TestCsr csr = device.csr("CN=router-3.acme.example", SECRET);

        X509CertificateHolder issued = device.enrol(csr);

        assertThat(device.enrol(csr)).isEqualTo(issued);
        assertThat(device.enrol(device.csr("CN=router-4.acme.example", SECRET))).isNotEqualTo(issued);
    }

    @Test
    void oneOfManyEqualRequestsIsSigned() {
        byte[] csr = device.csr("CN=router-5.acme.example", SECRET).encoded();

        List<byte[]> messages =
                Stream.generate(() -> device.request(csr).build()).limit(8).toList();
        List<HttpResponse<byte[]>> answers =
                new Volley(List.of(scepgate.endpoint(Scepgate.GEAR))).fireAndWait(messages);

        assertThat(answers.stream()
                        .map(answer -> device.read(answer).issued(device.signer()))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void refusesOtherNamesAndOtherSecrets() {
        assertRefused(device, "CN=vpn.acme.example", SECRET);
        assertRefused(device, "CN=router-6.acme.example", "not " + SECRET);
        assertRefused(device, "CN=router-6.acme.example", null);
    }

    @Test
    void theApiMakesNoChallengesForItAndThoseOfOtherProfilesAreNoneHere() {
        HttpResponse<byte[]> answer = scepgate.mdm()
                .post(TestMdm.wish(Scepgate.GEAR, "CN=router-7.acme.example").toString());
        String secret = scepgate.mdm()
                .challenge(Scepgate.DEMO, "CN=router-7.acme.example")
                .secret();

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("profile-asks-elsewhere");
        assertRefused(device, "CN=router-7.acme.example", secret);
    }

    @Test
    void aRevokedKeyGetsNoOtherCertificate() throws SQLException {
        X509CertificateHolder issued = device.enrol(device.csr("CN=router-8.acme.example", SECRET));
        Issued.in(scepgate.database()).revoke(issued);

        assertRefused(device, "CN=router-8.acme.example", SECRET);
        assertRefused(device, "CN=router-9.acme.example", SECRET);
    }

    @Test
    void aRenewalNeedsNoChallenge() {
        X509CertificateHolder issued = device.enrol(device.csr("CN=router-10.acme.example", SECRET));
        TestDevice holder = device.holding(issued);
        TestCsr csr = TestCsr.of(TestKeys.rsa()).subject("CN=router-10.acme.example");

        CertRep renewed = holder.send(holder.renewal(csr));

        assertThat(renewed.isSuccess()).isTrue();
    }

    @Test
    void aRefusedRequestIsJudgedAnewWhereTheNamesAreOthersByNow() throws SQLException {
        TestCsr csr = device.csr("CN=switch-12.acme.example", SECRET);
        byte[] encoded = csr.encoded();
        int before = challenges();
        assertThat(device.send(device.request(encoded)).isSuccess()).isFalse();
        assertThat(device.send(device.request(encoded)).isSuccess()).isFalse();
        assertThat(challenges()).isEqualTo(before + 1);

        try (ServerProcess peer = scepgate.startPeer(settings -> settings.with(
                "scepgate.mdm.static.gear.names.subject[0].pattern", "^switch-[0-9]+[.]acme[.]example$"))) {
            TestDevice there = device.at(peer.endpoint(Scepgate.GEAR));
            assertThat(there.send(there.request(encoded)).isSuccess()).isTrue();
        }
    }

    private int challenges() throws SQLException {
        return count("challenge where profile = 'gear'");
    }

    private int count(String rows) throws SQLException {
        try (Connection connection = scepgate.database().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + rows)) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void aRenewalMayBringAChallengeThatIsNoneAnyMore() {
        X509CertificateHolder issued = device.enrol(device.csr("CN=router-13.acme.example", SECRET));
        TestDevice holder = device.holding(issued);
        TestCsr csr =
                TestCsr.of(TestKeys.rsa()).subject("CN=router-13.acme.example").challenge("of last year");

        assertThat(holder.send(holder.renewal(csr)).isSuccess()).isTrue();
    }

    @Test
    void guessesKeepNoDeviceWithTheRightChallengeAway() {
        try (ServerProcess peer = scepgate.startPeer(StaticChallengeIT::withAProfileOfItsOwn)) {
            TestDevice there = device.at(peer.endpoint("guessed"));
            there.enrol(there.csr("CN=router-14.acme.example", SECRET));

            List<HttpResponse<byte[]>> guesses = IntStream.range(0, 14)
                    .mapToObj(i -> there.request(there.csr("CN=router-15.acme.example", "guess " + i)))
                    .map(request -> there.endpoint().post(request.build()))
                    .toList();

            assertThat(guesses).filteredOn(answer -> answer.statusCode() == 200).hasSizeBetween(5, 13);
            assertThat(guesses)
                    .filteredOn(answer -> answer.statusCode() == 503)
                    .isNotEmpty()
                    .allSatisfy(answer -> assertThat(answer.headers().firstValue("Retry-After"))
                            .isPresent());
            there.enrol(there.csr("CN=router-15.acme.example", SECRET));
        }
    }

    private static ServerSettings withAProfileOfItsOwn(ServerSettings settings) {
        String prefix = "scepgate.mdm.static.guessed.";
        return settings.profile("guessed", Map.of("ca", "test", "authenticate-by", "static"))
                .with(prefix + "challenge-hash", TestAdapters.hash(SECRET))
                .with(prefix + "expires", "2099-01-01T00:00:00Z")
                .with(prefix + "names.subject[0].type", "CN")
                .with(prefix + "names.subject[0].pattern", "router-[0-9]+[.]acme[.]example");
    }

    @Test
    void refusesDevicesOfOtherNetworks() {
        refusesAll(settings -> settings.with("scepgate.mdm.static.gear.networks", "192.0.2.0/24"));
    }

    @Test
    void refusesAllWhenItsTimeIsOver() {
        refusesAll(settings -> settings.with("scepgate.mdm.static.gear.expires", "2020-01-01T00:00:00Z"));
    }

    private void refusesAll(UnaryOperator<ServerSettings> change) {
        try (ServerProcess peer = scepgate.startPeer(change)) {
            assertRefused(device.at(peer.endpoint(Scepgate.GEAR)), "CN=router-11.acme.example", SECRET);
        }
    }

    /** It may be a challenge that this server has not seen yet, and a hash would be too slow to find out. */
    @Test
    void recordsNoTransactionIdOfAMessageThatWasNotRead() throws SQLException {
        byte[] csr = device.csr("CN=router-16.acme.example", SECRET).encoded();
        MessageBuilder unreadable = device.request(device.envelope(csr).wrongContentPadding());
        MessageBuilder unknown = device.poll(device.request(csr).transactionId("unseen-secret-2"));

        CertRep rejected = device.send(unreadable.transactionId("unseen-secret-1"));
        CertRep notFound = device.send(unknown);
        CertRep issued = device.send(device.request(csr).transactionId("static-shown"));

        assertThat(Stream.of(rejected, notFound, issued).map(CertRep::pkiStatus))
                .containsExactly("2", "2", "0");
        assertThat(scepgate.server().log()).doesNotContain("unseen-secret").contains("static-shown");
        assertThat(audited("unseen-secret")).isZero();
        assertThat(audited("static-shown")).isPositive();
    }

    private int audited(String text) throws SQLException {
        return count("audit_event e where e::text like '%" + text + "%'");
    }

    @Test
    void saysThatItIsWeak() {
        assertThat(scepgate.server().log()).contains("profile gear: a static challenge is weak");
        assertThat(scepgate.server().managed("/q/health/ready")).contains("a static challenge is weak");
        assertThat(scepgate.server().managed("/q/metrics"))
                .containsPattern("scepgate_static_challenge_not_after_seconds\\{profile=\"gear\"} 4\\.07");
    }

    private static void assertRefused(TestDevice device, String subject, String secret) {
        TestCsr csr = secret == null ? device.csr(subject) : device.csr(subject, secret);
        CertRep answer = device.send(device.request(csr));
        assertThat(answer.isSuccess()).as(subject).isFalse();
        assertThat(answer.failInfo()).contains("2");
    }
}
