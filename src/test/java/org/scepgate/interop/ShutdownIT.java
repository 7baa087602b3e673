package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** A server that is told to stop lets go of its clients before it goes. */
@ExtendWith(Scepgate.Extension.class)
class ShutdownIT {
    private static final String SUBJECT = "CN=shutdown.acme.example";
    private static final Duration SOON = Duration.ofSeconds(15);

    private final Scepgate scepgate;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ServerProcess server;

    ShutdownIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isNotReadyAndEndsConnectionsWhileItStillServes() throws Exception {
        server = scepgate.startPeer(settings -> settings.with("quarkus.shutdown.delay", "6s"));
        assertThat(get("/scep/demo?operation=GetCACaps").headers().firstValue("connection"))
                .isEmpty();

        server.terminate();

        Awaitility.await().atMost(SOON).until(() -> get("/q/health/ready").statusCode() == 503);
        assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
        HttpResponse<byte[]> served = get("/scep/demo?operation=GetCACaps");
        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(served.headers().firstValue("connection")).contains("close");
        endsSoon();
    }

    @Test
    void finishesTheRequestsThatAreInFlight() throws Exception {
        // Longer than this test keeps it waiting, however slow the machine is.
        server = scepgate.startPeer(
                settings -> settings.with("quarkus.datasource.reactive.additional-properties.statement_timeout", "60s")
                        .with("scepgate.request.timeout", "PT60S"));
        TestMdm.Challenge challenge = scepgate.mdm(server).challenge(Scepgate.DEMO, SUBJECT);
        TestDevice device = TestDevice.withRsaKey(server.endpoint(Scepgate.DEMO));
        byte[] message = device.request(device.csr(SUBJECT, challenge.secret())).build();

        CompletableFuture<HttpResponse<byte[]>> answer;
        try (Connection database = scepgate.database().connect()) {
            database.setAutoCommit(false);
            hold(database, challenge);
            answer = new Volley(List.of(server.endpoint(Scepgate.DEMO)))
                    .fire(List.of(message))
                    .get(0);
            Awaitility.await().atMost(SOON).until(this::isWaitedFor);
            server.terminate();
            Awaitility.await().atMost(SOON).until(() -> !takesConnections() || isNotReady());
            assertThat(answer).isNotDone();
            database.rollback();
        }

        assertThat(device.read(answer.join()).issued(device.signer()))
                .isEqualTo(
                        Issued.in(scepgate.database()).forChallenge(challenge).get(0));
        endsSoon();
        assertThat(server.log()).doesNotContain("\"ERROR\"");
    }

    private void endsSoon() {
        Awaitility.await().atMost(SOON).until(() -> server.log().contains("scepgate stopped in"));
        assertThat(server.endsByItself()).isTrue();
    }

    /** Locks the row of the challenge, so that whoever spends it waits. */
    private static void hold(Connection database, TestMdm.Challenge challenge) throws Exception {
        try (PreparedStatement lock = database.prepareStatement("select 1 from challenge where id = ? for update")) {
            lock.setObject(1, UUID.fromString(challenge.id()));
            lock.executeQuery();
        }
    }

    // By a connection of its own: a transaction sees who waits as it was when it first looked.
    private boolean isWaitedFor() throws Exception {
        String waiting = "select from pg_stat_activity where wait_event_type = 'Lock' and query like '%challenge%'";
        try (Connection database = scepgate.database().connect();
                PreparedStatement query = database.prepareStatement(waiting)) {
            return query.executeQuery().next();
        }
    }

    private boolean takesConnections() throws InterruptedException {
        try {
            get("/q/health/live");
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private boolean isNotReady() throws IOException, InterruptedException {
        return get("/q/health/ready").statusCode() == 503;
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        URI uri = (path.startsWith("/q/") ? server.management() : server.url()).resolve(path);
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
        return client.send(request, BodyHandlers.ofByteArray());
    }
}
