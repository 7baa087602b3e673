package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.Moment;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.Soak;
import org.scepgate.testing.StatementProxy;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestIdentityProvider;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestOperator;
import org.scepgate.testing.TestPostgres;
import org.scepgate.testing.TestReceiver;

/**
 * {@code kill -9} before each statement of an enrolment, an approval, a renewal and a revocation, after it, and after the
 * answer. All points are reached in one life of the server: each request stands at its own when the server is killed.
 */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailPointIT {
    private static final int ROUNDS = Soak.choose(1, 100);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String AFTER_THE_ANSWER = "the answer";

    private final TestPostgres.Database database;
    private final StatementProxy network;
    private final TestReceiver receiver = new TestReceiver();
    private final ServerProcess server;
    private final Interrupted.Parties parties;
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final Map<Interrupted.Kind, List<String>> steps = new EnumMap<>(Interrupted.Kind.class);
    private int names;
    private int killed;

    /** One request, and where the server was killed under it. */
    private record Point(Interrupted request, String statement, Optional<Moment> moment, boolean isDone) {
        @Override
        public String toString() {
            return request.getClass().getSimpleName() + " "
                    + moment.map(Moment::toString).orElse("AFTER") + " " + statement;
        }
    }

    FailPointIT(Scepgate scepgate, @TempDir Path folder) {
        this.database = scepgate.createDatabase("fail_points");
        int port = database.port();
        this.network = StatementProxy.to(port);
        TestIdentityProvider identities = new TestIdentityProvider();
        Map<String, String> own = new HashMap<>();
        own.put(
                "quarkus.datasource.reactive.url",
                database.settings()
                        .get("quarkus.datasource.reactive.url")
                        .replace(":" + port + "/", ":" + network.port() + "/"));
        // Requests stand still until the server is killed: nobody may end them before.
        own.put("quarkus.datasource.reactive.max-size", "100");
        own.put("quarkus.datasource.reactive.additional-properties.statement_timeout", "10min");
        own.put("quarkus.datasource.reactive.additional-properties.idle_in_transaction_session_timeout", "10min");
        own.put("scepgate.request.timeout", "PT10M");
        own.put("scepgate.outbound.allowed-networks", "127.0.0.0/8");
        own.put("scepgate.outbound.allow-http", "true");
        own.put("scepgate.webhooks.test.url", receiver.url().toString());
        own.put("scepgate.webhooks.test.secret", "a secret of the receiver 0123456789");
        // What was on its way to the receiver when the server died is claimed until then.
        own.put("scepgate.webhooks.test.timeout", "PT2S");
        this.server = ServerProcess.start(ServerSettings.of(database)
                .with(identities.settings(folder))
                .ca("test", TestCa.in(folder, "Scepgate Test CA"))
                .profile("demo", Map.of("ca", "test"))
                .profile("both", Map.of("ca", "test", "authenticate-by", "challenge,approval"))
                .with(own));
        this.parties = new Interrupted.Parties(
                new TestMdm(server.url(), identities.token("challenge-issuer")),
                new TestOperator(server.url(), identities.token("operator")),
                TestDevice.withRsaKey(server.endpoint("demo")),
                database);
    }

    @AfterAll
    void stop() {
        callers.shutdownNow();
        server.close();
        network.close();
        receiver.close();
    }

    @Test
    void everyPointOfEachRoundLosesNothingAndMakesNothingTwice() throws Exception {
        Stream.of(Interrupted.Kind.values()).forEach(this::learnSteps);
        assertThat(steps.get(Interrupted.Kind.ENROLMENT)).last().asString().contains("insert into certificate");
        assertThat(steps.get(Interrupted.Kind.APPROVAL)).containsOnlyOnce("COMMIT");
        assertThat(steps.get(Interrupted.Kind.RENEWAL)).containsOnlyOnce("COMMIT");
        assertThat(steps.get(Interrupted.Kind.REVOCATION)).containsOnlyOnce("COMMIT");

        for (int round = 0; round < ROUNDS; round++) {
            killAtEveryPoint();
        }

        Soak.report(
                "R3 kill -9 at fail points: %d rounds, %d requests under way (%s statements), nothing lost or twice",
                ROUNDS,
                killed,
                steps.entrySet().stream()
                        .map(kind -> kind.getKey().toString().toLowerCase() + " "
                                + kind.getValue().size())
                        .collect(Collectors.joining(", ")));
    }

    /** The statements of a request that nothing disturbs; of the first one some may be for the server alone. */
    private void learnSteps(Interrupted.Kind kind) {
        begin(kind).askAgain();
        List<String> last = statementsOf(begin(kind));
        List<String> next = statementsOf(begin(kind));
        for (int tries = 0; !last.equals(next) && tries < 10; tries++) {
            // Something of the server's own came between.
            last = next;
            next = statementsOf(begin(kind));
        }
        assertThat(next).as("statements of one %s and of the next", kind).isEqualTo(last);
        steps.put(kind, next);
    }

    private List<String> statementsOf(Interrupted request) {
        network.forget();
        request.ask();
        return network.statements();
    }

    private Interrupted begin(Interrupted.Kind kind) {
        return parties.begin(kind, "CN=fail-point-" + names++);
    }

    private void killAtEveryPoint() throws Exception {
        List<Point> points = new ArrayList<>();
        for (Interrupted.Kind kind : Interrupted.Kind.values()) {
            for (int step = 0; step < steps.get(kind).size(); step++) {
                points.add(stopAt(kind, step, Moment.BEFORE_IT_ARRIVES));
                points.add(stopAt(kind, step, Moment.BEFORE_ITS_ANSWER));
            }
        }
        network.forget();
        Map<Point, X509CertificateHolder> received = new HashMap<>();
        for (Interrupted.Kind kind : Interrupted.Kind.values()) {
            Interrupted request = begin(kind);
            Point point = new Point(request, AFTER_THE_ANSWER, Optional.empty(), true);
            points.add(point);
            received.put(point, request.read(request.ask()));
        }

        server.kill();
        network.drop();
        await().atMost(SOON).until(() -> sessions() == 0);
        Map<Point, List<X509CertificateHolder>> kept = new HashMap<>();
        for (Point point : points) {
            kept.put(point, point.request().done());
        }
        server.restart();

        for (Point point : points) {
            requireSettled(point, kept.get(point), received.get(point));
        }
        killed += points.size();
        await().atMost(SOON).untilAsserted(() -> assertThat(untold(points)).isEmpty());
    }

    /** Sends a request and returns when it stands at this point. */
    private Point stopAt(Interrupted.Kind kind, int step, Moment moment) throws Exception {
        Interrupted request = begin(kind);
        CompletableFuture<String> held = network.hold(steps.get(kind).subList(0, step + 1), moment);
        callers.submit(request::ask);
        String statement = held.get(SOON.toSeconds(), TimeUnit.SECONDS);
        boolean isCommitted = step + (moment == Moment.BEFORE_ITS_ANSWER ? 1 : 0) > commitOf(kind);
        return new Point(request, statement, Optional.of(moment), isCommitted);
    }

    /** The step that commits: an enrolment is a single statement at its end. */
    private int commitOf(Interrupted.Kind kind) {
        List<String> all = steps.get(kind);
        return all.contains("COMMIT") ? all.indexOf("COMMIT") : all.size() - 1;
    }

    private void requireSettled(Point point, List<X509CertificateHolder> kept, X509CertificateHolder received)
            throws SQLException {
        assertThat(kept).as(point.toString()).hasSize(point.isDone() ? 1 : 0);
        X509CertificateHolder settled = point.request().askAgain();
        assertThat(point.request().done()).as(point.toString()).containsExactly(settled);
        assertThat(kept).as(point.toString()).isSubsetOf(settled);
        assertThat(Optional.ofNullable(received).orElse(settled))
                .as(point.toString())
                .isEqualTo(settled);
    }

    /** The points whose event has not come, or has come as two events; the same one may come twice. */
    private List<String> untold(List<Point> points) throws SQLException {
        Map<String, Long> ids = receiver.received().stream()
                .collect(Collectors.groupingBy(
                        event -> event.type() + " " + event.body().replaceFirst(".*\"serial\":\"(\\w+)\".*", "$1"),
                        Collectors.collectingAndThen(
                                Collectors.mapping(TestReceiver.Received::id, Collectors.toSet()),
                                found -> (long) found.size())));
        List<String> untold = new ArrayList<>();
        for (Point point : points) {
            String event = point.request().event() + " "
                    + Issued.serialText(point.request().done().get(0));
            Stream.of(event).filter(key -> ids.getOrDefault(key, 0L) != 1).forEach(untold::add);
        }
        return untold;
    }

    private int sessions() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()"
                        + " and backend_type = 'client backend'")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
