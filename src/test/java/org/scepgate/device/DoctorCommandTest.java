package org.scepgate.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.scepgate.scep.LegacyAlgorithm;

class DoctorCommandTest {
    private static final String GOOD = "AES\nPOSTPKIOperation\nSHA-256\nSHA-512\nSCEPStandard\n";

    @Test
    void findsNothingWrongWithASoundServer() {
        try (FakeServer server = new FakeServer(GOOD, Set.of()).answering(FakeServer.REFUSES)) {
            Run run = Run.of("doctor", "--url", server.url());

            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).as(run.out()).isZero();
            assertThat(run.out())
                    .contains("audit log", "ok      digest SHA-256: taken", "SHA-384: taken, though not announced")
                    .contains("cipher DES: refused, and rightly so", "a device key on P-256: taken")
                    .contains(Fingerprint.sha256(FakeServer.CA), Fingerprint.sha1(FakeServer.CA))
                    .contains("neither serverAuth nor Microsoft's enrollment agent")
                    .contains("0 problems");
        }
    }

    @Test
    void findsWhatIsAnnouncedAndNotTaken() {
        try (FakeServer server = new FakeServer(GOOD + "DES3\n", Set.of()).answering(FakeServer.REFUSES)) {
            Run run = Run.of("doctor", "--url", server.url());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).contains("PROBLEM cipher triple DES: refused with badAlg, though announced");
        }
    }

    @Test
    void namesWeakAlgorithmsThatAreTaken() {
        try (FakeServer server = new FakeServer(GOOD, Set.of(LegacyAlgorithm.values())).answering(FakeServer.REFUSES)) {
            Run run = Run.of("doctor", "--url", server.url());

            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).contains("note    digest MD5: taken, and weak", "cipher DES: taken, and weak");
        }
    }

    @Test
    void shoutsAtAServerThatIssuesWithoutAChallenge() {
        try (FakeServer server = new FakeServer(GOOD, Set.of()).answering(FakeServer.ISSUES)) {
            Run run = Run.of("doctor", "--url", server.url());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).contains("THE SERVER GAVE A CERTIFICATE");
        }
    }

    @Test
    void saysThatRequestsAreHeld() {
        try (FakeServer server = new FakeServer(GOOD, Set.of()).answering(FakeServer.HOLDS)) {
            Run run = Run.of("doctor", "--url", server.url());

            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).contains("waits for approval now; deny it");
        }
    }

    @Test
    void seesASpoiltAnnouncement() {
        try (FakeServer server =
                new FakeServer("AES\r\nSHA-256\r\naes\r\nCustom\r\n", Set.of()).answering(FakeServer.REFUSES)) {
            Run run = Run.of("doctor", "--url", server.url());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out())
                    .contains("PROBLEM lines end with CR LF")
                    .contains("aes: in the wrong case")
                    .contains("Custom: not in the RFC")
                    .contains("PROBLEM POSTPKIOperation is not announced");
        }
    }

    @Test
    void writesJsonForMachines() throws Exception {
        try (FakeServer server = new FakeServer(GOOD, Set.of()).answering(FakeServer.REFUSES)) {
            Run run = Run.of("doctor", "--json", "--url", server.url());

            JsonNode report = new ObjectMapper().readTree(run.out());
            assertThat(report.get("problems").asInt()).isZero();
            assertThat(report.get("findings").findValuesAsText("level")).contains("ok", "note");
        }
    }

    @Test
    void aServerThatIsAwayIsAProblem() {
        FakeServer server = FakeServer.standing();
        server.close();

        Run run = Run.of("doctor", "--url", server.url());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("PROBLEM nobody listens");
    }
}
