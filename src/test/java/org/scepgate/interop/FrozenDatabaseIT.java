package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestIdentityProvider;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestOperator;
import org.scepgate.testing.TestPostgres;

/** A PostgreSQL that takes connections and bytes and answers nothing: every process of it is stopped (SIGSTOP). */
class FrozenDatabaseIT {
    private static final String SUBJECT = "CN=frozen.acme.example";
    private static final int CONNECTIONS = 10;
    private static final Duration SOON = Duration.ofSeconds(11);

    private static TestPostgres postgres;
    private static ServerProcess server;
    private static TestMdm mdm;
    private static TestOperator operator;

    @BeforeAll
    static void start(@TempDir Path folder) {
        postgres = TestPostgres.start();
        TestIdentityProvider identities = new TestIdentityProvider();
        server = ServerProcess.start(ServerSettings.of(postgres.create("frozen"))
                .with(identities.settings(folder))
                .ca("test", TestCa.in(folder, "Scepgate Test CA"))
                .profile("demo", Map.of("ca", "test"))
                .with("quarkus.datasource.reactive.max-size", Integer.toString(CONNECTIONS)));
        mdm = new TestMdm(server.url(), identities.token("challenge-issuer"));
        operator = new TestOperator(server.url(), identities.token("operator", "auditor"));
    }

    @AfterEach
    void thaw() {
        postgres.thaw();
    }

    @AfterAll
    static void stop() {
        server.close();
        postgres.close();
    }

    @Test
    void turnsRequestsAwayAndServesThemAgainAfterwards() {
        TestDevice device = TestDevice.withRsaKey(server.endpoint("demo"));
        TestMdm.Challenge challenge = mdm.challenge("demo", SUBJECT);
        byte[] message = device.request(device.csr(SUBJECT, challenge.secret())).build();

        postgres.freeze();
        HttpResponse<byte[]> enrolment =
                requireUnavailableSoon(() -> server.endpoint("demo").post(message));
        HttpResponse<byte[]> wish = requireUnavailableSoon(
                () -> mdm.post(TestMdm.wish("demo", SUBJECT).toString()));
        HttpResponse<byte[]> health = requireUnavailableSoon(FrozenDatabaseIT::readiness);
        postgres.thaw();

        assertThat(Stream.of(enrolment, wish))
                .allMatch(answer -> answer.headers().firstValue("Retry-After").isPresent());
        assertThat(new String(health.body())).contains("\"database\"", "DOWN");
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(readiness().statusCode()).isEqualTo(200));
        assertThat(device.read(server.endpoint("demo").post(message)).isSuccess())
                .isTrue();
        assertThat(mdm.stateOf(challenge)).isEqualTo("REDEEMED");
        assertThat(server.log()).doesNotContain("nobody caught");
    }

    @Test
    void servesAgainThoughMoreRequestsHungThanThePoolHasConnections() {
        TestMdm.Challenge challenge = mdm.challenge("demo", SUBJECT);
        ScepEndpoint endpoint = server.endpoint("demo");
        TestDevice device = TestDevice.withRsaKey(endpoint);
        byte[] message = device.request(device.csr(SUBJECT, challenge.secret())).build();

        postgres.freeze();
        List<HttpResponse<byte[]>> answers =
                new Volley(List.of(endpoint)).fireAndWait(Collections.nCopies(2 * CONNECTIONS, message));
        postgres.thaw();

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(503);
        assertThat(answers)
                .allMatch(answer -> answer.headers().firstValue("Retry-After").isPresent());
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(
                        () -> assertThat(device.read(endpoint.post(message)).isSuccess())
                                .isTrue());
        assertThat(mdm.stateOf(challenge)).isEqualTo("REDEEMED");
    }

    /** Else they would wait until the connection is closed for idleness, and have no answer. */
    @Test
    void turnsAwayWhoLooksAndWhoRevokes() {
        TestMdm.Challenge challenge = mdm.challenge("demo", SUBJECT);
        TestDevice device = TestDevice.withRsaKey(server.endpoint("demo"));
        X509CertificateHolder certificate = device.enrol(device.csr(SUBJECT, challenge.secret()));

        postgres.freeze();
        List<HttpResponse<byte[]>> answers = Stream.<Supplier<HttpResponse<byte[]>>>of(
                        () -> operator.tryToRevoke(certificate, "superseded"),
                        () -> operator.get("/api/v1/certificates?limit=1"),
                        () -> operator.get("/api/v1/audit?limit=1"))
                .map(FrozenDatabaseIT::requireUnavailableSoon)
                .toList();
        postgres.thaw();

        assertThat(answers)
                .allMatch(answer -> answer.headers().firstValue("Retry-After").isPresent());
        // What was begun is done, once.
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(revocations()).isEqualTo(1));
        assertThat(operator.tryToRevoke(certificate, "superseded").statusCode()).isEqualTo(200);
        assertThat(revocations()).isEqualTo(1);
    }

    private static int revocations() {
        HttpResponse<byte[]> found = operator.get("/api/v1/audit?action=certificate.revoked");
        assertThat(found.statusCode()).isEqualTo(200);
        return new String(found.body()).split("\"certificate.revoked\"", -1).length - 1;
    }

    private static HttpResponse<byte[]> readiness() {
        URI ready = server.management().resolve("/q/health/ready");
        return ScepEndpoint.send(HttpRequest.newBuilder(ready).build());
    }

    private static HttpResponse<byte[]> requireUnavailableSoon(Supplier<HttpResponse<byte[]>> send) {
        Instant begin = Instant.now();
        HttpResponse<byte[]> answer = send.get();
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(Duration.between(begin, Instant.now())).isLessThan(SOON);
        return answer;
    }
}
