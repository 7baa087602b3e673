package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestIdentityProvider;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestOperator;
import org.scepgate.testing.TestPostgres;

/**
 * Devices that enrol and an operator who looks and revokes, one request after the other. Who is turned away comes again
 * with the same request; whatever else is wrong is an oddity.
 */
final class Clients implements AutoCloseable {
    private static final int DEVICES = 3;
    private static final int PROGRESS = 2 * DEVICES;

    private final TestMdm mdm;
    private final TestOperator operator;
    private final TestPostgres.Database database;
    private final TestDevice device;
    private final ExecutorService threads = Executors.newFixedThreadPool(DEVICES + 1);
    private final Set<X509CertificateHolder> enrolled = ConcurrentHashMap.newKeySet();
    private final List<String> oddities = new CopyOnWriteArrayList<>();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final AtomicInteger revoked = new AtomicInteger();
    private volatile boolean over;

    private Clients(ServerProcess server, TestIdentityProvider identities, TestPostgres.Database database) {
        this.mdm = new TestMdm(server.url(), identities.token("challenge-issuer"));
        this.operator = new TestOperator(server.url(), identities.token("operator"));
        this.database = database;
        this.device = TestDevice.withRsaKey(server.endpoint("demo"));
    }

    static Clients of(ServerProcess server, TestIdentityProvider identities, TestPostgres.Database database) {
        Clients clients = new Clients(server, identities, database);
        IntStream.range(0, DEVICES).forEach(i -> clients.begin(() -> clients.enrol("CN=client-" + i)));
        clients.begin(clients::look);
        return clients;
    }

    private void begin(Runnable turn) {
        threads.submit(() -> {
            try {
                while (!over) {
                    turn.run();
                }
            } catch (RuntimeException | AssertionError failure) {
                oddities.add(failure.toString());
            }
        });
    }

    private void enrol(String name) {
        String wish = TestMdm.wish("demo", name).toString();
        Optional<String> secret = untilServed("challenge", 201, () -> mdm.post(wish))
                .map(answer -> json(answer).get("challenge").asText());
        secret.flatMap(given -> untilServed(
                        "enrolment",
                        200,
                        () -> device.endpoint()
                                .post(device.request(device.csr(name, given)).build())))
                .map(device::read)
                .ifPresent(this::collect);
    }

    private void collect(CertRep answer) {
        if (answer.isSuccess()) {
            enrolled.add(answer.issued(device.signer()));
        } else {
            oddities.add("FAILURE for a good request: " + answer);
        }
    }

    private void look() {
        untilServed("inventory", 200, () -> operator.get("/api/v1/certificates?limit=1"));
        untilServed("CRL", 200, () -> operator.get("/crl/test.crl"));
        untilServed("audit log", 200, () -> operator.get("/api/v1/audit?limit=1"));
        enrolled.stream()
                .skip(revoked.getAndIncrement())
                .findFirst()
                .ifPresent(certificate ->
                        // Again is no revocation any more, but it was done then.
                        untilServed("revocation", 200, 409, () -> operator.tryToRevoke(certificate, "superseded")));
    }

    private Optional<HttpResponse<byte[]>> untilServed(String what, int status, Supplier<HttpResponse<byte[]>> ask) {
        return untilServed(what, status, status, ask);
    }

    /** The answer with one of these; empty if the clients were told to stop before. */
    private Optional<HttpResponse<byte[]>> untilServed(
            String what, int status, int other, Supplier<HttpResponse<byte[]>> ask) {
        while (!over) {
            HttpResponse<byte[]> answer = ask.get();
            if (answer.statusCode() == status || answer.statusCode() == other) {
                return Optional.of(answer);
            }
            boolean proper = answer.statusCode() == 503
                    && answer.headers().firstValue("Retry-After").isPresent();
            if (!proper) {
                oddities.add(what + ": " + answer.statusCode() + " " + new String(answer.body()));
                return Optional.empty();
            }
            turnedAway.incrementAndGet();
        }
        return Optional.empty();
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return new ObjectMapper().readTree(new String(answer.body()));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until more certificates were received; each device has begun a new enrolment meanwhile. */
    void requireProgress(Duration within) {
        int before = enrolled.size();
        await().pollInterval(Duration.ofMillis(20))
                .atMost(within)
                .until(() -> enrolled.size() >= before + PROGRESS || !oddities.isEmpty());
    }

    int enrolled() {
        return enrolled.size();
    }

    int turnedAway() {
        return turnedAway.get();
    }

    List<String> oddities() {
        return oddities;
    }

    /** What devices have received and the database does not know. */
    List<String> notStored() throws SQLException {
        List<String> lacking = new ArrayList<>();
        for (X509CertificateHolder certificate : enrolled) {
            if (!Issued.in(database).has(certificate)) {
                lacking.add(Issued.serialText(certificate));
            }
        }
        return lacking;
    }

    void stop() throws InterruptedException {
        over = true;
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() {
        over = true;
        threads.shutdownNow();
    }
}
