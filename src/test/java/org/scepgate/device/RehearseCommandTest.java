package org.scepgate.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scepgate.device.RehearsalOutcome.Result;

class RehearseCommandTest {
    private static final String CAPABILITIES = "AES\nPOSTPKIOperation\nSHA-256\nSCEPStandard\n";

    @TempDir
    private Path folder;

    private Run rehearse(FakeServer server, String devices, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("devices"), devices);
        Stream<String> arguments = Stream.of("rehearse", "--url", server.url() + "", "--devices", file + "");
        return Run.of(Stream.concat(arguments, Stream.of(options)).toArray(String[]::new));
    }

    @Test
    void enrolsAllAndTellsHowLongTheyWaited() throws IOException {
        try (FakeServer server = new FakeServer(CAPABILITIES, Set.of()).answering(FakeServer.ISSUES_EACH)) {
            Run run = rehearse(server, "secret-1 CN=device-1,O=Acme\n\nsecret-2  CN=device 2\n", "--connections", "2");

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out())
                    .contains(
                            "devices: 2 over 2 connections, 2 enrolled, 0 refused, 0 pending, 0 without a good answer")
                    .contains("enrolled per second; of them half waited at most");
        }
    }

    @Test
    void countsThoseThatAreRefusedAndShowsNoChallenge() throws IOException {
        try (FakeServer server = new FakeServer(CAPABILITIES, Set.of()).answering(FakeServer.REFUSES)) {
            Run run = rehearse(server, "secret-1 CN=device-1\nsecret-2 CN=device-2\nsecret-3 CN=device-3\n");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).contains("devices: 3 over 8 connections, 0 enrolled, 3 refused, 0 pending");
            assertThat(run.err()).contains("one that failed: refused CN=device-");
            assertThat(run.out() + run.err()).doesNotContain("secret-");
        }
    }

    @Test
    void tellsThatDevicesWaitForAPersonOrForAServer() throws IOException {
        try (FakeServer server = new FakeServer(CAPABILITIES, Set.of()).answering(FakeServer.HOLDS)) {
            Run run = rehearse(server, "secret-1 CN=device-1\n");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).contains("0 refused, 1 pending").doesNotContain("waited");
            assertThat(run.err()).contains("CN=device-1 must be approved");
        }
        try (FakeServer server = new FakeServer(CAPABILITIES, Set.of()).answering(FakeServer.TURNS_AWAY)) {
            Run run = rehearse(server, "secret-1 CN=device-1\n");

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.out()).contains("1 without a good answer");
            assertThat(run.err()).contains("HTTP 503");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', there are no devices",
        "'secret-1 CN=a\nsecret-2', line 2 of the devices is not a challenge",
        "'secret-1 CN=a\nsecret-2 CN', the subject in line 2 of the devices"
    })
    void refusesWhatAreNoDevices(String devices, String complaint) throws IOException {
        try (FakeServer server = new FakeServer(CAPABILITIES, Set.of()).answering(FakeServer.ISSUES_EACH)) {
            Run run = rehearse(server, devices);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains(complaint).doesNotContain("secret-");
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "513"})
    void refusesTooFewAndTooManyConnections(String number) throws IOException {
        try (FakeServer server = new FakeServer(CAPABILITIES, Set.of()).answering(FakeServer.ISSUES_EACH)) {
            Run run = rehearse(server, "secret-1 CN=a\n", "--connections", number);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("--connections must be 1 to 512");
        }
    }

    @Test
    void countsWhatTheyWaited() {
        List<Result> results = IntStream.rangeClosed(1, 200)
                .mapToObj(i -> new Result(
                        Duration.ofMillis(201L - i).plusNanos(1),
                        i > 150 ? Optional.of(CommandException.fault("no answer")) : Optional.empty()))
                .toList();

        RehearsalOutcome outcome = new RehearsalOutcome(results, Duration.ofSeconds(3));

        assertThat(outcome.enrolled()).isEqualTo(150);
        assertThat(outcome.unanswered()).isEqualTo(50);
        assertThat(outcome.enrolledPerSecond()).isEqualTo(50);
        assertThat(outcome.percentile(50)).as("of those that enrolled").isEqualTo(126);
        assertThat(outcome.percentile(99)).isEqualTo(200);
        assertThat(outcome.percentile(100)).as("rounded up").isEqualTo(201);
        assertThat(outcome.problem()).contains("no answer");
    }
}
