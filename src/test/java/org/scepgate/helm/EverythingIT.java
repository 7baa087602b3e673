package org.scepgate.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.PackagedCommand;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.TestAdapters;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestIdentityProvider;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestPostgres;

/**
 * The packaged server starts with what the chart makes of the example with every switch turned on, on a PostgreSQL that is
 * verified by its certificate; and each part that was switched on is there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EverythingIT {
    private static final String DATABASE = "enrolment";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String CLIENT = "0f5c";
    private static final String SUBJECT = "CN=phone-1,O=Acme\\, Inc. ${not.a.setting},C=DE";

    private final TestIdentityProvider identities = new TestIdentityProvider();
    private TestPostgres postgres;
    private TestPostgres.Database database;
    private Manifests manifests;
    private PackagedCommand.Outcome migration;
    private ServerProcess server;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        postgres = TestPostgres.start();
        database = postgres.create(DATABASE);
        EverySecret secrets = new EverySecret(folder, database);
        postgres.encrypt(secrets.certificate(), secrets.key());
        manifests = render(folder);
        Release release = new Release(manifests, secrets.all(), folder);
        release.mount();
        migration = new PackagedCommand(release.migration(), Map.of()).run("migrate");
        server = ServerProcess.start(new ServerSettings(Map.of()), release.environment());
    }

    @AfterAll
    void stop() {
        server.close();
        postgres.close();
    }

    @Test
    void theJobMadeTheSchemaThatTheServerStartedOn() {
        assertThat(migration.exitCode()).as(migration.output()).isZero();
        assertThat(migration.output()).contains("the schema is at version ");
        assertThat(manifests.setting("quarkus.flyway.migrate-at-start")).isEqualTo("false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"startupProbe", "livenessProbe", "readinessProbe"})
    void aProbeIsAnswered(String probe) {
        JsonNode container = manifests.server().at("/containers/0");
        String path = container.at("/" + probe + "/httpGet/path").asText();

        assertThat(container.at("/" + probe + "/httpGet/port").asText()).isEqualTo("management");
        assertThat(get(server.management().resolve(path)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"phones", "printers", "managed", "routers"})
    void aProfileTalksScep(String profile) {
        assertThat(server.endpoint(profile).getCaCaps().statusCode()).isEqualTo(200);
        assertThat(server.endpoint(profile).caCertificates().recipient().getIssuer())
                .hasToString("CN=Acme Device CA");
    }

    @Test
    void aPhoneWithAChallengeOfItsClientWaitsForAPerson() {
        TestMdm mdm = new TestMdm(server.url(), token("Scep.Issue"));
        TestDevice phone = TestDevice.withKey(server.endpoint("phones"), TestKeys.rsa(3072));

        String secret = mdm.challenge("phones", SUBJECT).secret();
        CertRep answer = phone.send(phone.request(phone.csr(SUBJECT, secret)));

        assertThat(answer.pkiStatus()).isEqualTo("3");
        assertThat(mdm.post(TestMdm.wish("printers", SUBJECT).toString()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void aRouterEnrolsByTheStaticChallenge() {
        TestDevice router = TestDevice.withRsaKey(server.endpoint("routers"));

        X509CertificateHolder issued = router.enrol(router.csr("CN=router-7", EverySecret.ROUTERS_CHALLENGE));

        assertThat(issued.getIssuer()).hasToString("CN=Acme Device CA");
    }

    @Test
    void mdmsGetChallengesWithTheirPasswords() {
        String event = """
                {"webhook": {"webhookEvent": "SCEPChallenge"}, "all": "staff",
                 "event": {"targetDevice": "computer", "device": {"serialNumber": "C02XYZ"}}}""";
        HttpRequest jamf = HttpRequest.newBuilder(server.url().resolve("/mdm/jamf/phones/challenge"))
                .header("Content-Type", "application/json")
                .header("Authorization", basic("jamf"))
                .POST(BodyPublishers.ofString(event))
                .build();
        HttpRequest ndes = HttpRequest.newBuilder(server.url().resolve("/certsrv/mscep_admin/"))
                .header("Authorization", basic("ndes-reader"))
                .build();

        assertThat(ScepEndpoint.send(jamf).statusCode()).isEqualTo(200);
        assertThat(ScepEndpoint.send(ndes).statusCode()).isEqualTo(200);
    }

    @Test
    void theApiShowsTheWebhooks() {
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve("/api/v1/webhooks"))
                .header("Authorization", "Bearer " + token("Look at: all = yes"))
                .build();

        HttpResponse<byte[]> answer = ScepEndpoint.send(request);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("\"cmdb\"", "\"chat\"");
    }

    @Test
    void whatIsAskedOutsideIsCounted() {
        // What waits for webhooks is known after a look at the database.
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(server.managed("/q/metrics"))
                        .contains(
                                "scepgate_intune_breaker",
                                "scepgate_webhook_oldest_seconds",
                                "generation=\"previous\""));
    }

    @Test
    void theDatabaseIsReachedByTlsAlone() throws SQLException {
        String plain = "select count(*) from pg_stat_ssl join pg_stat_activity using (pid)"
                + " where datname = 'enrolment' and not ssl and client_port <> inet_client_port()";
        try (Connection connection = database.connect();
                ResultSet result = connection.createStatement().executeQuery(plain)) {
            result.next();

            assertThat(result.getInt(1)).isZero();
        }
    }

    @Test
    void nothingIsSaidOfASettingThatNobodyReads() {
        assertThat(server.log()).doesNotContain("Unrecognized configuration key");
    }

    private String token(String role) {
        return identities.tokenFor(TestIdentityProvider.ISSUER, CLIENT, role);
    }

    /** As they are, but for what is this machine's: database, identity provider, addresses of devices; and one date. */
    private Manifests render(Path folder) throws IOException {
        ObjectNode values = (ObjectNode) Chart.read(Chart.EVERYTHING);
        URI address = URI.create(database.settings().get("quarkus.datasource.reactive.url"));
        ((ObjectNode) values.get("database")).put("host", "localhost").put("port", address.getPort());
        ObjectNode issuer = (ObjectNode) values.at("/issuers/entra");
        String keys =
                identities.issuer("entra", TestIdentityProvider.ISSUER, folder).get("scepgate.issuers.entra.jwks-file");
        issuer.remove("jwks-url");
        issuer.put("jwks-file", keys)
                .put("issuer", TestIdentityProvider.ISSUER)
                .putArray("audiences")
                .add(TestIdentityProvider.AUDIENCE);
        ObjectNode routers = (ObjectNode) values.at("/mdm/static/routers");
        routers.put("expires", "2099-01-01T00:00:00Z")
                .putArray("networks")
                .add("127.0.0.0/8")
                .add("::1");
        return Chart.render(Files.writeString(folder.resolve("values.yaml"), values.toString()));
    }

    private static String basic(String user) {
        String pair = user + ":" + TestAdapters.PASSWORD;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<byte[]> get(URI address) {
        return ScepEndpoint.send(HttpRequest.newBuilder(address).build());
    }
}
