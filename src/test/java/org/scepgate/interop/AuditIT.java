package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.PackagedProgram;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestPostgres;

/** The audit log of several servers on one database. */
@ExtendWith(Scepgate.Extension.class)
class AuditIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String FORGED = "203.0.113.9";

    private final Scepgate scepgate;

    @TempDir
    private Path folder;

    AuditIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @Test
    void severalServersSealOneChainThoughOneIsKilled() throws Exception {
        Path anchors = folder.resolve("anchors");
        try (ServerProcess peer = scepgate.startPeer(settings -> settings.with(
                Map.of("scepgate.audit.seal-interval", "PT0.1S", "scepgate.audit.anchor-file", anchors.toString())))) {
            List<TestMdm> mdms = List.of(scepgate.mdm(), scepgate.mdm(peer));
            IntStream.range(0, 60).parallel().forEach(i -> mdms.get(i % 2).challenge(Scepgate.DEMO, "CN=sealed-" + i));
            long sealedByPeer = number("select count(*) from audit_seal");
            peer.kill();
            scepgate.mdm().challenge(Scepgate.DEMO, "CN=sealed-later");

            await().atMost(SOON)
                    .until(() -> number("select count(*) from audit_event where written_in >"
                                    + " (select max(last_written_in) from audit_seal)")
                            == 0);
            assertThat(number("select count(*) from audit_seal")).isGreaterThan(sealedByPeer);
        }
        await().atMost(SOON)
                .until(() ->
                        number("select (select sum(rows) from audit_seal) - (select count(*) from audit_event)") == 0);
        assertThat(number("select max(number) - count(*) from audit_seal")).isZero();
        Result result = verify("--anchor-file", anchors.toString());
        assertThat(result.text()).contains("The audit log is whole.", "written down outside");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void doesNotBelieveAProxyThatNobodyNamed() {
        try (ServerProcess peer = scepgate.startPeer(settings -> settings.with(Map.of(
                "quarkus.http.proxy.proxy-address-forwarding", "true",
                "quarkus.http.proxy.trusted-proxies", "192.0.2.1")))) {
            HttpResponse<byte[]> answer = ScepEndpoint.send(HttpRequest.newBuilder(
                            peer.url().resolve("/api/v1/challenges"))
                    .header("Authorization", "Bearer " + scepgate.identities().token("challenge-issuer"))
                    .header("Content-Type", "application/json")
                    .header("X-Forwarded-For", FORGED)
                    .POST(BodyPublishers.ofString(
                            TestMdm.wish(Scepgate.DEMO, "CN=forwarded").toString()))
                    .build());
            assertThat(answer.statusCode()).isEqualTo(201);
        }

        JsonNode page = scepgate.operator().json("/api/v1/audit?action=challenge.created&limit=200");

        assertThat(page.get("items").toString()).contains("CN=forwarded").doesNotContain(FORGED);
    }

    private long number(String query) throws SQLException {
        try (Connection connection = scepgate.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private record Result(int exitCode, String text) {}

    /** As an auditor: the package, and nothing of the server's settings but the database. */
    private Result verify(String... options) throws IOException, InterruptedException {
        TestPostgres.Database database = scepgate.database();
        ProcessBuilder command = new ProcessBuilder(PackagedProgram.command(List.of()));
        command.command().addAll(List.of("audit", "verify"));
        command.command().addAll(List.of(options));
        Map<String, String> settings = database.settings();
        command.environment()
                .putAll(Map.of(
                        "QUARKUS_DATASOURCE_REACTIVE_URL", settings.get("quarkus.datasource.reactive.url"),
                        "QUARKUS_DATASOURCE_USERNAME", settings.get("quarkus.datasource.username"),
                        "QUARKUS_DATASOURCE_PASSWORD", settings.get("quarkus.datasource.password")));
        Path output = Files.createTempFile(folder, "verify", ".txt");
        Process process = command.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
