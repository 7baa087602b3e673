package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.ByteSearch;
import org.scepgate.testing.DatabaseDump;
import org.scepgate.testing.PrivateNumbers;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.Soak;
import org.scepgate.testing.TestAuthorizer;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestIntune;
import org.scepgate.testing.TestPostgres;
import org.scepgate.testing.TestReceiver;

/** Where secrets are after every way on which a server gets or gives one was taken. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsEverywhereIT {
    private static final String WEBHOOK_SECRET = "a secret of the webhook's receiver 0123456789";
    private static final String IDEMPOTENCY_KEY = "fedcba98".repeat(8);
    private static final String SEAL_KEY = "a key that seals the audit log 0123456789";
    private static final Pattern SEALED = Pattern.compile("scepgate_audit_sealed_total [1-9]");

    private final Scepgate scepgate;
    private final TestIntune intune = TestIntune.start();
    private final TestReceiver receiver = new TestReceiver();
    private final TestAuthorizer authorizer = new TestAuthorizer();
    /** What the server is configured with and works with all the time: docs/security.md has a row for each. */
    private final Map<String, String> configured = new LinkedHashMap<>();

    private final Map<String, BigInteger> configuredNumbers = new LinkedHashMap<>();
    private final Map<String, BigInteger> passingNumbers = new LinkedHashMap<>();

    private Path folder;
    private TestPostgres.Database database;
    private ServerProcess server;
    private Map<String, String> passing;
    private KeyPair keyOfADevice;

    SecretsEverywhereIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    /** On a database of its own: seals under a key would break the chain of servers that have none. */
    @BeforeAll
    void takesTheTour(@TempDir Path folder) throws IOException {
        this.folder = folder;
        database = scepgate.createDatabase("secrets");
        Path sealKey = Files.writeString(folder.resolve("seal.key"), SEAL_KEY);
        server = scepgate.startPeer(settings -> withEverySecret(settings, sealKey));
        SecretsTour tour = new SecretsTour(scepgate, server).run();
        passing = tour.secrets();
        keyOfADevice = tour.keysOfDevices().get(0);
        List<KeyPair> keys = tour.keysOfDevices();
        for (int i = 0; i < keys.size(); i++) {
            passingNumbers.putAll(
                    PrivateNumbers.of("key of device " + i, keys.get(i).getPrivate()));
        }
        noteTheConfiguration();
        Awaitility.await().until(() -> receiver.received().toString().contains("certificate.issued"));
        Awaitility.await().until(() -> SEALED.matcher(metrics()).find());
    }

    private ServerSettings withEverySecret(ServerSettings settings, Path sealKey) {
        ServerSettings asking =
                AskedServer.asking(settings.with(database.settings()).with(intune.settings()), authorizer, Map.of());
        return AskedServer.trusting(asking, authorizer.writeCertificate(folder.resolve("trusted.pem")))
                .profile(IntuneServer.PROFILE, Map.of("ca", "test", "authenticate-by", "intune"))
                .with(Map.of(
                        "scepgate.audit.seal-key-file",
                        sealKey.toString(),
                        "scepgate.audit.seal-interval",
                        "PT0.1S",
                        "scepgate.idempotency.key",
                        IDEMPOTENCY_KEY,
                        "scepgate.webhooks.tour.url",
                        receiver.url().toString(),
                        "scepgate.webhooks.tour.secret",
                        WEBHOOK_SECRET));
    }

    private void noteTheConfiguration() {
        configured.put("database password", database.settings().get("quarkus.datasource.password"));
        configured.put("PKCS#12 password", TestCa.PASSWORD);
        configured.put("pepper", ServerSettings.PEPPER);
        configured.put("idempotency key", IDEMPOTENCY_KEY);
        configured.put("seal key", SEAL_KEY);
        configured.put("secret of a webhook", WEBHOOK_SECRET);
        configured.put("secret of authorize", TestAuthorizer.SECRET);
        configured.put("secret of the Intune app", TestIntune.SECRET);
        configured.put("token for Intune", TestIntune.INTUNE_TOKEN);
        configured.put("token for Graph", TestIntune.GRAPH_TOKEN);
        configuredNumbers.put("idempotency key in bytes", new BigInteger(IDEMPOTENCY_KEY, 16));
        TestCa ca = scepgate.ca();
        configuredNumbers.putAll(PrivateNumbers.of("CA's key", ca.caKeys().getPrivate()));
        configuredNumbers.putAll(PrivateNumbers.of("RA's key", ca.raKeys().getPrivate()));
        configuredNumbers.putAll(PrivateNumbers.of("OCSP key", ca.ocspKeys().getPrivate()));
    }

    @AfterAll
    void stops() {
        server.close();
        intune.close();
        receiver.close();
        authorizer.close();
    }

    @Test
    void noneIsInLogAuditMetricsOpenApiOrDatabase() {
        String log = server.log();
        String audit = scepgate.operator(server).json("/api/v1/audit?limit=200") + "";
        String metrics = metrics();
        String openApi = server.managed("/q/openapi");
        String rows = DatabaseDump.of(database);

        assertThat(log + rows).doesNotContain("PRIVATE KEY");
        requireNoneIn("log", log, "action=certificate.issued", "action=challenge.created");
        requireNoneIn("audit", audit, "certificate.issued");
        requireNoneIn("metrics", metrics, "scepgate_audit_sealed_total");
        requireNoneIn("OpenAPI", openApi, "/api/v1/challenges", "Idempotency-Key");
        requireNoneIn("webhooks", receiver.received().toString(), "certificate.issued");
        requireNoneIn("questions", authorizer.questions().toString(), "CN=asked.acme.example");
        requireNoneIn("database", rows, "CN=spent.acme.example");
        assertThat(publicKey().in(rows)).as("is no search that finds nothing").isNotEmpty();
    }

    /** @param known what shows that the text is the right one */
    private void requireNoneIn(String place, String text, String... known) {
        assertThat(text).as(place).contains(known);
        assertThat(all().in(text)).as(place).isEmpty();
    }

    /** What is reachable after a collection: jcmd collects before it writes. */
    @Test
    void noneThatPassedIsInTheHeap() throws IOException {
        Path dump = folder.resolve("heap.hprof");
        // What a first collection found, Java's cleaner overwrites: the passwords that it hashed.
        jcmd("GC.run");
        jcmd("GC.run_finalization");
        assertThat(jcmd("GC.heap_dump", dump + "")).contains("Heap dump file created");

        Map<String, Integer> found = all().in(dump);

        Soak.report(
                "R16 secrets: %d that passed and %d of the configuration looked for in a heap of %d MB: found %s",
                passing.size() + passingNumbers.size(),
                configured.size() + configuredNumbers.size(),
                Files.size(dump) >> 20,
                found);
        assertThat(found).as("is no search that finds nothing").containsKeys("database password", "pepper");
        assertThat(found.keySet())
                .as("what passed")
                .doesNotContainAnyElementsOf(passing.keySet())
                .doesNotContainAnyElementsOf(passingNumbers.keySet());
    }

    private String jcmd(String... order) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd") + "", server.pid() + ""));
        command.addAll(List.of(order));
        Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private ByteSearch all() {
        Map<String, String> texts = new LinkedHashMap<>(passing);
        texts.putAll(configured);
        return ByteSearch.of(texts).and(passingNumbers).and(configuredNumbers);
    }

    /** Which stands in each certificate, as private numbers would stand somewhere. */
    private ByteSearch publicKey() {
        RSAPublicKey key = (RSAPublicKey) keyOfADevice.getPublic();
        return ByteSearch.of(Map.of()).and(Map.of("public key", key.getModulus()));
    }

    private String metrics() {
        return server.managed("/q/metrics");
    }
}
