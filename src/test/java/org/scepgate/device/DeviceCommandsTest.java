package org.scepgate.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options, exit codes and what is never printed. */
class DeviceCommandsTest {
    private static final String URL = "--url=http://localhost:1/scep/demo";
    private static final String SUBJECT = "--subject=CN=a";

    @Test
    void onlyItsOwnWordsAreCommands() {
        assertThat(DeviceCommands.areMeantBy("enroll", "--url", "x")).isTrue();
        assertThat(DeviceCommands.areMeantBy("doctor")).isTrue();
        assertThat(DeviceCommands.areMeantBy("--help")).isTrue();
        assertThat(DeviceCommands.areMeantBy()).isFalse();
        assertThat(DeviceCommands.areMeantBy("-Dquarkus.http.port=1", "enroll")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void listsItsCommands(String word) {
        Run run = Run.of(word);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("enroll", "doctor");
    }

    @Test
    void explainsExitCodes() {
        assertThat(Run.of("enroll", "--help").out()).contains("still pending", "refused by the server", "--san");
        assertThat(Run.of("doctor", "--help").out()).contains("audit log", "--json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "enroll",
                "enroll --url=ftp://localhost/ --subject=CN=a",
                "enroll --url=localhost --subject=CN=a",
                "enroll --url=http://localhost/?x=1 --subject=CN=a",
                "enroll --url=http://localhost:1/ --timeout=0 --subject=CN=a",
                "enroll --url=http://localhost:1/",
                "enroll --url=http://localhost:1/ --subject=nonsense",
                "enroll --url=http://localhost:1/ --subject=CN=a --san=nonsense",
                "enroll --url=http://localhost:1/ --subject=CN=a --san=ip:nonsense",
                "enroll --url=http://localhost:1/ --subject=CN=a --key-type=rsa1024",
                "enroll --url=http://localhost:1/ --subject=CN=a --key-type=ec256",
                "enroll --url=http://localhost:1/ --subject=CN=a --key=/nonexistent/key.pem",
                "enroll --url=http://localhost:1/ --subject=CN=a --challenge-file=/nonexistent",
                "enroll --url=http://localhost:1/ --subject=CN=a --challenge=x --challenge-file=/dev/null",
                "enroll --url=http://localhost:1/ --subject=CN=a --challenge-file=/dev/null",
                "enroll --url=http://localhost:1/ --subject=CN=a --cert=x.pem",
                "enroll --url=http://localhost:1/ --renew",
                "enroll --url=http://localhost:1/ --renew --cert=x.pem --key=y.pem --subject=CN=a",
                "enroll --url=http://localhost:1/ --subject=CN=a stray",
                "doctor",
                "doctor --url=http://localhost:1/ --challenge=x",
                "doctor --url=http://localhost:1/ --subject=CN=a",
            })
    void saysWhatIsWrongWithTheOptions(String line) {
        Run run = Run.of((Object[]) line.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("scepgate: ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void neverRepeatsTheChallenge() {
        String secret = "Pa55 w0rd";

        Run halves = Run.of("enroll", URL, SUBJECT, "--challenge", "Pa55", "w0rd");
        Run whole = Run.of("enroll", URL, SUBJECT, "--challenge", secret, "--key-type", secret);
        Run glued = Run.of("enroll", URL, "--challenge=" + secret, "--subject=" + secret);

        assertThat(halves.err() + halves.out()).doesNotContain("Pa55", "w0rd");
        assertThat(whole.err() + whole.out()).doesNotContain(secret);
        assertThat(glued.err() + glued.out()).doesNotContain(secret);
    }

    @Test
    void saysThatNobodyAnswers(@TempDir Path folder) throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        Run run = Run.of("enroll", "--url=http://localhost:" + free + "/scep/demo", SUBJECT, "--out", folder);

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("nobody listens at http://localhost:" + free);
        assertThat(Files.list(folder)).isEmpty();
    }
}
