package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.PackagedCommand;
import org.scepgate.testing.PackagedCommand.Outcome;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.Soak;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestOperator;
import org.scepgate.testing.TestPostgres;

/** A database that is put back to where it was before devices enrolled, and what {@code audit reconcile} says then. */
@ExtendWith(Scepgate.Extension.class)
class RestoreIT {
    private static final int LOST = Soak.choose(20, 2000);
    private static final String MISSING = "CERTIFICATE_MISSING";
    private static final String OPEN_AGAIN = "CHALLENGE_OPEN_AGAIN";
    private static final String PENDING = "3";
    private static final String BAD_REQUEST = "2";
    private static final String BAD_CERT_ID = "4";

    private final Scepgate scepgate;
    private final TestPostgres.Database database;
    private final ServerProcess server;
    private final TestMdm mdm;
    private final TestOperator operator;
    private final TestDevice device;

    @TempDir
    private Path folder;

    RestoreIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.database = scepgate.createDatabase("restored");
        this.server = scepgate.startPeer(settings -> settings.with(database.settings()));
        this.mdm = scepgate.mdm(server);
        this.operator = scepgate.operator(server);
        this.device = TestDevice.withRsaKey(server.endpoint(Scepgate.DEMO));
    }

    @AfterEach
    void stop() throws SQLException {
        server.close();
        execute("drop database if exists restored with (force)", "drop database if exists saved");
    }

    @Test
    void repeatsNoSerialAndTellsWhatWasLost() throws Exception {
        List<X509CertificateHolder> kept = enrol("kept", 3);
        TestMdm.Challenge unspent = mdm.challenge(Scepgate.DEMO, "CN=unspent");
        backUp();
        List<X509CertificateHolder> lost = new ArrayList<>(enrol("lost", LOST - 1));
        lost.add(device.enrol(device.csr("CN=unspent", unspent.secret())));
        operator.revoke(kept.get(1), "keyCompromise");
        Outcome before = reconcile("--log", writtenLog());

        server.close();
        restore();
        server.restart();
        List<X509CertificateHolder> later = enrol("later", LOST);
        Outcome after = reconcile("--json", "--log", writtenLog());

        assertThat(before.exitCode()).as(before.output()).isZero();
        assertThat(serials(kept, lost, later)).hasSize(kept.size() + lost.size() + later.size());
        assertThat(after.exitCode()).isEqualTo(1);
        Map<String, Set<String>> found = found(after);
        assertThat(found).containsOnlyKeys(MISSING, "REVOCATION_MISSING", OPEN_AGAIN);
        assertThat(found.get(MISSING)).isEqualTo(serials(lost));
        assertThat(found.get("REVOCATION_MISSING")).isEqualTo(serials(List.of(kept.get(1))));
        assertThat(found.get(OPEN_AGAIN)).isEqualTo(serials(lost.subList(LOST - 1, LOST)));
        requireNothingButMissing(lost, unspent, kept.get(1));
        Soak.report(
                "R17 restore: %d certificates lost and named, %d issued afterwards, no serial twice",
                lost.size(), later.size());
    }

    /** What an operator does about the rest, and what certificates that devices have still can tell without a log. */
    private void requireNothingButMissing(
            List<X509CertificateHolder> lost, TestMdm.Challenge unspent, X509CertificateHolder revoked)
            throws IOException {
        mdm.cancel(unspent);
        operator.revoke(revoked, "keyCompromise");
        Path devices = Files.createDirectory(folder.resolve("devices"));
        for (X509CertificateHolder certificate : lost) {
            Files.write(devices.resolve(Issued.serialText(certificate) + ".cer"), certificate.getEncoded());
        }

        Outcome ofLog = reconcile("--json", "--log", writtenLog());
        Outcome ofDevices = reconcile("--json", "--certificates", devices.toString());

        assertThat(found(ofLog)).isEqualTo(Map.of(MISSING, serials(lost)));
        assertThat(found(ofDevices)).isEqualTo(Map.of(MISSING, serials(lost)));
    }

    @Test
    void accountsForRequestsThatWaitForAPerson() throws Exception {
        TestDevice approval = device.at(server.endpoint(Scepgate.APPROVAL));
        TestDevice both = device.at(server.endpoint(Scepgate.BOTH));
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.BOTH, "CN=reserved");
        TestMdm.Challenge open = mdm.challenge(Scepgate.BOTH, "CN=unknown");
        MessageBuilder reserved = hold(both, both.csr("CN=reserved", challenge.secret()));
        MessageBuilder undecided = hold(approval, approval.csr("CN=undecided"));
        MessageBuilder denied = hold(approval, approval.csr("CN=denied"));
        // Its own end does not matter to a challenge that is reserved.
        change("update challenge set expires_at = now() - interval '1 hour' where id = ?", challenge.id());
        backUp();
        MessageBuilder unknown = hold(both, both.csr("CN=unknown", open.secret()));
        MessageBuilder decided = hold(approval, approval.csr("CN=decided"));
        List<X509CertificateHolder> lost = List.of(
                approve(both, "CN=reserved", reserved),
                approve(approval, "CN=undecided", undecided),
                approve(approval, "CN=decided", decided));
        operator.deny(operator.requirePending(Scepgate.APPROVAL, "CN=denied"));
        assertThat(approval.send(approval.poll(denied)).failInfo()).contains(BAD_REQUEST);

        server.close();
        restore();
        server.restart();
        Map<String, Set<String>> found = found(reconcile("--json", "--log", writtenLog()));

        // Where nothing was issued nothing is missing.
        assertThat(found).isEqualTo(Map.of(MISSING, serials(lost), OPEN_AGAIN, serials(lost.subList(0, 1))));
        // What waited then waits again, whatever was decided since, and the device is told so.
        assertThat(both.send(both.poll(reserved)).pkiStatus()).isEqualTo(PENDING);
        assertThat(approval.send(approval.poll(undecided)).pkiStatus()).isEqualTo(PENDING);
        assertThat(approval.send(approval.poll(denied)).pkiStatus()).isEqualTo(PENDING);
        mdm.cancel(challenge);
        assertThat(both.send(both.poll(reserved)).failInfo()).contains(BAD_REQUEST);
        assertThat(found(reconcile("--json", "--log", writtenLog()))).isEqualTo(Map.of(MISSING, serials(lost)));
        // What came in later is not known, and is asked for anew: by the message that the device has, or another one.
        assertThat(both.send(both.poll(unknown)).failInfo()).contains(BAD_CERT_ID);
        assertThat(both.send(unknown).pkiStatus()).isEqualTo(PENDING);
        assertThat(approval.send(approval.poll(decided)).failInfo()).contains(BAD_CERT_ID);
        MessageBuilder another = hold(approval, approval.csr("CN=decided"));
        List<X509CertificateHolder> later = List.of(
                approve(approval, "CN=undecided", undecided),
                approve(both, "CN=unknown", unknown),
                approve(approval, "CN=decided", another));
        assertThat(serials(lost, later)).hasSize(lost.size() + later.size());
        Soak.report(
                "R17 restore: of 5 requests that waited, the 3 that were approved are named, and what is lost is asked anew");
    }

    private static MessageBuilder hold(TestDevice device, TestCsr csr) {
        MessageBuilder request = device.request(csr);
        assertThat(device.send(request).pkiStatus()).isEqualTo(PENDING);
        return request;
    }

    /** Gives what the device gets that polls. */
    private X509CertificateHolder approve(TestDevice device, String subject, MessageBuilder request) {
        String profile = device.endpoint().url().getPath().replaceFirst(".*/", "");
        assertThat(operator.approve(operator.requirePending(profile, subject)).statusCode())
                .isEqualTo(200);
        return device.send(device.poll(request)).issued(device.signer());
    }

    private void change(String update, String id) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(update)) {
            statement.setObject(1, UUID.fromString(id));
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    private List<X509CertificateHolder> enrol(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "CN=" + name + "-" + i)
                .map(subject -> device.enrol(device.csr(
                        subject, mdm.challenge(Scepgate.DEMO, subject).secret())))
                .toList();
    }

    @SafeVarargs
    private static Set<String> serials(List<X509CertificateHolder>... certificates) {
        Set<String> serials = new HashSet<>();
        for (List<X509CertificateHolder> some : certificates) {
            some.stream().map(Issued::serialText).forEach(serials::add);
        }
        return serials;
    }

    /** A copy of all, while the server waits for a moment. */
    private void backUp() throws SQLException {
        execute(
                "alter database restored allow_connections false",
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'restored'",
                "create database saved template restored",
                "alter database restored allow_connections true");
        // Its connections were cut.
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> mdm.challenge(Scepgate.DEMO, "CN=anybody"));
    }

    private void restore() throws SQLException {
        execute("drop database restored with (force)", "alter database saved rename to restored");
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = scepgate.database().connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private String writtenLog() throws IOException {
        return Files.writeString(folder.resolve("server.log"), server.log()).toString();
    }

    private Outcome reconcile(String... options) {
        List<String> arguments = new ArrayList<>(List.of("audit", "reconcile"));
        arguments.addAll(List.of(options));
        Map<String, String> settings = database.settings();
        return new PackagedCommand(
                        Map.of(
                                "QUARKUS_DATASOURCE_JDBC_URL", settings.get("quarkus.datasource.jdbc.url"),
                                "QUARKUS_DATASOURCE_USERNAME", settings.get("quarkus.datasource.username"),
                                "QUARKUS_DATASOURCE_PASSWORD", settings.get("quarkus.datasource.password")),
                        Map.of())
                .run(arguments.toArray(String[]::new));
    }

    /** The serial numbers of each kind of finding. */
    private static Map<String, Set<String>> found(Outcome outcome) {
        return outcome.output()
                .lines()
                .map(RestoreIT::json)
                .collect(Collectors.groupingBy(
                        line -> line.get("kind").asText(),
                        Collectors.mapping(line -> line.get("serial").asText(), Collectors.toSet())));
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }
}
