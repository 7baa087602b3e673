package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.bouncycastle.cert.X509CertificateHolder;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.PackagedProgram;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestIdentityProvider;
import org.scepgate.testing.TestOperator;
import org.scepgate.testing.TestPostgres;

/** The database of the release before, under this one: nothing is lost, and that release goes on working beside it. */
class SchemaUpgradeIT {
    private static final String EARLIER_VERSION = "8";
    private static final Duration SOON = Duration.ofSeconds(30);

    private static TestPostgres postgres;
    private static TestPostgres.Database database;
    private static ServerProcess server;
    private static TestOperator operator;
    private static EarlierData before;
    private static EarlierData beside;
    private static Map<String, Long> rowsBefore;

    @BeforeAll
    static void upgrade(@TempDir Path folder) throws Exception {
        postgres = TestPostgres.start();
        database = postgres.create("upgrade");
        migrate(database, EARLIER_VERSION);
        TestCa ca = TestCa.in(folder, "Scepgate Test CA");
        TestIdentityProvider identities = new TestIdentityProvider();
        ServerSettings settings = ServerSettings.of(database)
                .with(identities.settings(folder))
                .ca("test", ca)
                .profile("demo", Map.of("ca", "test"))
                .profile("approval", Map.of("ca", "test", "authenticate-by", "approval"));
        String pepper = settings.values().get("scepgate.challenge.pepper");
        // Its session is open all the time, as those of servers are, with all that it keeps.
        try (EarlierStatements statements = EarlierStatements.on(database)) {
            EarlierRelease release = new EarlierRelease(statements, ca, pepper);
            before = EarlierData.leftBy(release, "before");
            EarlierData.keepHouse(release, database);
            rowsBefore = rows();
            server = ServerProcess.start(settings);
            operator = new TestOperator(server.url(), identities.token("operator", "auditor"));
            beside = EarlierData.leftBy(release, "beside");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
        postgres.close();
    }

    private static void migrate(TestPostgres.Database database, String version) {
        Map<String, String> access = database.settings();
        Flyway.configure()
                .dataSource(
                        database.jdbcUrl(),
                        access.get("quarkus.datasource.username"),
                        access.get("quarkus.datasource.password"))
                .locations("filesystem:src/main/resources/db/migration")
                .target(version)
                .load()
                .migrate();
    }

    /** Else all devices would wait behind it, for as long as a dump takes. */
    @Test
    void waitsNotLongForWhoeverReadsCertificates() throws Exception {
        TestPostgres.Database dumped = postgres.create("dumped");
        migrate(dumped, "15");
        try (Connection reader = dumped.connect();
                Statement read = reader.createStatement()) {
            reader.setAutoCommit(false);
            read.executeQuery("select from certificate");

            assertThatThrownBy(() -> migrate(dumped, "16")).hasMessageContaining("lock timeout");

            assertThat(hasIndex(dumped, "certificate_by_expiry")).isTrue();
        }
        migrate(dumped, "16");

        assertThat(hasIndex(dumped, "certificate_by_expiry")).isFalse();
    }

    private static boolean hasIndex(TestPostgres.Database database, String name) throws Exception {
        try (Connection connection = database.connect();
                Statement query = connection.createStatement()) {
            return query.executeQuery("select from pg_indexes where indexname = '" + name + "'")
                    .next();
        }
    }

    @Test
    void keepsEveryRowOfEveryTable() throws Exception {
        assertThat(rowsBefore)
                .hasSizeGreaterThan(12)
                .allSatisfy((table, count) -> assertThat(count).as(table).isPositive());
        Map<String, Long> rowsAfter = rows();
        // What the CRL lacked has been published meanwhile.
        rowsBefore.keySet().stream()
                .filter(table -> !table.equals("crl_change"))
                .forEach(table ->
                        assertThat(rowsAfter.get(table)).as(table).isGreaterThanOrEqualTo(rowsBefore.get(table)));
    }

    @Test
    void givesTheSameCertificateAgain() {
        for (EarlierData data : List.of(before, beside)) {
            TestDevice device = device("demo", data.enrolled());

            CertRep answer = device.send(device.request(data.enrolled().csr()));

            assertThat(answer.issued(device.signer())).isEqualTo(data.certificate());
        }
    }

    @Test
    void takesOpenChallengesAndNoOthers() throws Exception {
        for (EarlierData data : List.of(before, beside)) {
            TestDevice device = device("demo", data.open());
            assertThat(device.send(device.request(data.open().csr())).isSuccess())
                    .isTrue();
            for (EarlierRelease.Device over : data.over()) {
                TestDevice refused = device("demo", over);
                assertThat(refused.send(refused.request(over.csr())).failInfo())
                        .as(over.name())
                        .contains("2");
            }
            TestDevice thief = TestDevice.withRsaKey(server.endpoint("demo"));
            assertThat(thief.send(thief.request(thief.csr(
                                    data.enrolled().subject(), data.enrolled().secret())))
                            .failInfo())
                    .contains("2");
        }
    }

    @Test
    void approvesWhatWaited() {
        for (EarlierData data : List.of(before, beside)) {
            TestDevice device = device("approval", data.waiting());
            MessageBuilder asked =
                    device.request(device.csr(data.waiting().subject())).transactionId(data.transaction());
            assertThat(device.send(device.poll(asked)).pkiStatus()).isEqualTo("3");

            assertThat(operator.approve(data.heldRequest().toString()).statusCode())
                    .isEqualTo(200);

            assertThat(device.send(device.poll(asked)).issued(device.signer()).getSubject())
                    .hasToString(data.waiting().subject());
        }
    }

    @Test
    void renewsCertificates() {
        for (EarlierData data : List.of(before, beside)) {
            TestDevice device = device("demo", data.enrolled()).holding(data.certificate());

            CertRep answer =
                    device.send(device.renewal(device.csr(data.enrolled().subject())));

            assertThat(answer.issued(device.signer()).getSerialNumber())
                    .isNotEqualTo(data.certificate().getSerialNumber());
        }
    }

    @Test
    void publishesTheNextCrlWithAllThatIsRevoked() {
        List<X509CertificateHolder> revoked =
                List.of(before.revoked(), before.onHold(), beside.revoked(), beside.onHold());
        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            X509CRL crl = crl();
            assertThat(revoked)
                    .allSatisfy(certificate -> assertThat(crl.getRevokedCertificate(certificate.getSerialNumber()))
                            .isNotNull());
            assertThat(crl.getRevokedCertificates()).hasSize(revoked.size());
        });
    }

    @Test
    void verifiesTheSealsFromBefore() throws Exception {
        Awaitility.await().atMost(SOON).until(() -> rows().get("audit_seal") > rowsBefore.get("audit_seal"));
        ProcessBuilder command = new ProcessBuilder(PackagedProgram.command(List.of()));
        command.command().addAll(List.of("audit", "verify"));
        Map<String, String> access = database.settings();
        command.environment()
                .putAll(Map.of(
                        "QUARKUS_DATASOURCE_JDBC_URL", access.get("quarkus.datasource.jdbc.url"),
                        "QUARKUS_DATASOURCE_USERNAME", access.get("quarkus.datasource.username"),
                        "QUARKUS_DATASOURCE_PASSWORD", access.get("quarkus.datasource.password")));

        Process verify = command.redirectErrorStream(true).start();
        String output = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(verify.waitFor()).as(output).isZero();
    }

    private static TestDevice device(String profile, EarlierRelease.Device device) {
        return TestDevice.withKey(server.endpoint(profile), device.keys());
    }

    private static X509CRL crl() throws Exception {
        HttpResponse<byte[]> answer = ScepEndpoint.send(
                HttpRequest.newBuilder(server.url().resolve("/crl/test.crl")).build());
        return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(answer.body()));
    }

    private static Map<String, Long> rows() throws Exception {
        Map<String, Long> counts = new TreeMap<>();
        try (Connection connection = database.connect();
                Statement list = connection.createStatement();
                Statement count = connection.createStatement();
                ResultSet tables = list.executeQuery("select tablename from pg_tables where schemaname = 'public'")) {
            while (tables.next()) {
                String table = tables.getString(1);
                try (ResultSet rows = count.executeQuery("select count(*) from " + table)) {
                    rows.next();
                    counts.put(table, rows.getLong(1));
                }
            }
        }
        return counts;
    }
}
