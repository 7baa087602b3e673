package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.ByteSearch;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.Soak;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestIntune;
import org.scepgate.testing.TestReceiver;

/** Where secrets are after every way on which a server gets or gives one was taken. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsEverywhereIT {
    private static final String WEBHOOK_SECRET = "a secret of the webhook's receiver 0123456789";
    private static final String IDEMPOTENCY_KEY = "fedcba98".repeat(8);

    private final Scepgate scepgate;
    private final TestIntune intune = TestIntune.start();
    private final TestReceiver receiver = new TestReceiver();
    /** What the server is configured with and works with all the time: docs/security.md has a row for each. */
    private final Map<String, String> configured = new LinkedHashMap<>();

    private ServerProcess server;
    private Map<String, String> passing;

    @TempDir
    private Path folder;

    SecretsEverywhereIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @BeforeAll
    void takesTheTour() {
        server = scepgate.startPeer(settings -> settings.with(intune.settings())
                .profile(IntuneServer.PROFILE, Map.of("ca", "test", "authenticate-by", "intune"))
                .with(Map.of(
                        "scepgate.idempotency.key", IDEMPOTENCY_KEY,
                        "scepgate.webhooks.tour.url", receiver.url().toString(),
                        "scepgate.webhooks.tour.secret", WEBHOOK_SECRET)));
        passing = new SecretsTour(scepgate, server).run().secrets();
        configured.put("database password", scepgate.database().settings().get("quarkus.datasource.password"));
        configured.put("PKCS#12 password", TestCa.PASSWORD);
        configured.put("pepper", ServerSettings.PEPPER);
        configured.put("idempotency key", IDEMPOTENCY_KEY);
        configured.put("secret of a webhook", WEBHOOK_SECRET);
        configured.put("secret of the Intune app", TestIntune.SECRET);
        configured.put("token for Intune", TestIntune.INTUNE_TOKEN);
        configured.put("token for Graph", TestIntune.GRAPH_TOKEN);
        Awaitility.await().until(() -> !receiver.received().isEmpty());
    }

    @AfterAll
    void stops() {
        server.close();
        intune.close();
        receiver.close();
    }

    @Test
    void noneIsInLogAuditMetricsOpenApiOrDatabase() throws SQLException {
        ByteSearch search = ByteSearch.of(all());

        assertThat(search.in("a " + passing.get("spent challenge"))).hasSize(1);
        assertThat(search.in(server.log())).as("log").isEmpty();
        assertThat(search.in(scepgate.operator(server).json("/api/v1/audit?limit=200") + ""))
                .as("audit")
                .isEmpty();
        assertThat(search.in(server.managed("/q/metrics"))).as("metrics").isEmpty();
        assertThat(search.in(openApi())).as("OpenAPI").isEmpty();
        assertThat(search.in(receiver.received().toString())).as("webhooks").isEmpty();
        String rows = database();
        assertThat(search.in(rows)).as("database").isEmpty();
        assertThat(ByteSearch.of(inHex(all())).in(rows))
                .as("bytes in the database")
                .isEmpty();
        assertThat(server.log() + rows).doesNotContain("PRIVATE KEY");
    }

    private static Map<String, String> inHex(Map<String, String> secrets) {
        Map<String, String> hex = new LinkedHashMap<>();
        secrets.forEach(
                (name, secret) -> hex.put(name, HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8))));
        return hex;
    }

    /** What is reachable after a collection: jcmd collects before it writes. */
    @Test
    void noneThatPassedIsInTheHeap() throws IOException {
        Path dump = folder.resolve("heap.hprof");
        // What a first collection found, Java's cleaner overwrites: the passwords that it hashed.
        jcmd("GC.run");
        jcmd("GC.run_finalization");
        assertThat(jcmd("GC.heap_dump", dump + "")).contains("Heap dump file created");

        Map<String, Integer> found = ByteSearch.of(all()).in(dump);

        Soak.report(
                "R16 secrets: %d that passed and %d of the configuration looked for in a heap of %d MB: found %s",
                passing.size(), configured.size(), Files.size(dump) >> 20, found);
        assertThat(found).as("is no search that finds nothing").containsKey("database password");
        assertThat(configured.keySet()).as("nothing but").containsAll(found.keySet());
    }

    private String jcmd(String... order) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd") + "", server.pid() + ""));
        command.addAll(List.of(order));
        Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>(passing);
        all.putAll(configured);
        return all;
    }

    private String openApi() {
        HttpRequest request =
                HttpRequest.newBuilder(server.url().resolve("/q/openapi")).build();
        return new String(ScepEndpoint.send(request).body(), StandardCharsets.UTF_8);
    }

    /** Every row of every table as text; bytes are in hex there. */
    private String database() throws SQLException {
        StringBuilder rows = new StringBuilder();
        try (Connection connection = scepgate.database().connect();
                Statement statement = connection.createStatement()) {
            for (String table : tables(connection)) {
                try (ResultSet found = statement.executeQuery("select t::text from \"" + table + "\" t")) {
                    while (found.next()) {
                        rows.append(found.getString(1)).append('\n');
                    }
                }
            }
        }
        return rows.toString();
    }

    private static Set<String> tables(Connection connection) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (ResultSet tables = connection.getMetaData().getTables(null, "public", null, new String[] {"TABLE"})) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        return names;
    }
}
