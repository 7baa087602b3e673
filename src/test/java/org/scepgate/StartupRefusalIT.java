package org.scepgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.PackagedProgram;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestIdentityProvider;
import org.scepgate.testing.TestPostgres;

class StartupRefusalIT {

    private static TestPostgres postgres;
    private static TestPostgres.Database database;

    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        postgres = TestPostgres.start();
        database = postgres.create("refusals");
        TestCa.in(keys, "Scepgate Test CA");
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void namesEachSettingThatIsMissingAndMakesNothing() throws Exception {
        Outcome outcome = run(Map.of());

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.lines())
                .allMatch(line -> line.startsWith("scepgate: "))
                .contains("scepgate: quarkus.datasource.reactive.url is not set: the PostgreSQL to use, for example"
                        + " postgresql://db:5432/scepgate (environment: QUARKUS_DATASOURCE_REACTIVE_URL)")
                .extracting(line -> line.split(" ")[1])
                .containsExactly(
                        "scepgate.base-url",
                        "quarkus.datasource.reactive.url",
                        "quarkus.datasource.username",
                        "quarkus.datasource.password",
                        "scepgate.cas.<name>.ca-keystore",
                        "scepgate.profiles.<name>.ca",
                        "mp.jwt.verify.issuer",
                        "mp.jwt.verify.audiences",
                        "mp.jwt.verify.publickey.location",
                        "scepgate.challenge.pepper");
        try (Stream<Path> made = Files.list(folder)) {
            assertThat(made).isEmpty();
        }
    }

    @Test
    void namesFilesThatAreNotThere() throws Exception {
        Map<String, String> settings = complete();
        settings.remove("scepgate.challenge.pepper");
        settings.put("scepgate.challenge.pepper-file", "no-pepper");
        settings.put("scepgate.cas.main.ra-keystore", "no-ra.p12");
        settings.put("mp.jwt.verify.publickey.location", "no-key.pem");

        Outcome outcome = run(settings);

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.lines())
                .containsExactlyInAnyOrder(
                        "scepgate: scepgate.cas.main.ra-keystore names a file that is not there: no-ra.p12",
                        "scepgate: mp.jwt.verify.publickey.location names a file that is not there: no-key.pem",
                        "scepgate: scepgate.challenge.pepper-file names a file that is not there: no-pepper");
    }

    @Test
    void namesTheKeystoreWhosePasswordIsWrong() throws Exception {
        Outcome outcome = run(completeWith("scepgate.cas.main.ca-password", "guessed"));

        refusesWithOneLine(outcome, "scepgate: scepgate.cas.main.ca-keystore: ");
        assertThat(outcome.output()).doesNotContain("guessed");
    }

    /** RFC 8894, 2.1.2: the certificate that talks SCEP says that it may. */
    @Test
    void namesTheCaAloneThatMayNotTalkScep() throws Exception {
        Outcome outcome = run(completeWith("scepgate.profiles.demo.ca-certificates.layout", "ca"));

        refusesWithOneLine(outcome, "scepgate: scepgate.cas.main.ca-keystore: ");
        assertThat(outcome.output()).contains("digitalSignature and keyEncipherment");
    }

    @Test
    void namesTheCaThatIsOutOfDate() throws Exception {
        TestCa ended = TestCa.ended(folder.resolve("ended"), "Scepgate Ended CA");
        Map<String, String> settings = complete();
        settings.put("scepgate.cas.main.ca-keystore", ended.caKeystore().toString());
        settings.put("scepgate.cas.main.ra-keystore", ended.raKeystore().toString());

        Outcome outcome = run(settings);

        refusesWithOneLine(outcome, "scepgate: scepgate.cas.main.ca-keystore: ");
        assertThat(outcome.output()).contains("not in date");
    }

    @Test
    void namesTheProfileWhoseCaIsNotThere() throws Exception {
        Outcome outcome = run(completeWith("scepgate.profiles.demo.ca", "nowhere"));

        refusesWithOneLine(outcome, "scepgate: scepgate.profiles.demo.ca: ");
        assertThat(outcome.output()).contains("nowhere");
    }

    @Test
    void namesTheProfileSettingThatCannotWorkAndLeavesTheDatabaseAlone() throws Exception {
        TestPostgres.Database untouched = postgres.create("untouched");
        Map<String, String> settings = completeWith("scepgate.profiles.demo.validity", "PT0S");
        settings.put("quarkus.datasource.reactive.url", untouched.settings().get("quarkus.datasource.reactive.url"));

        Outcome outcome = run(settings);

        refusesWithOneLine(outcome, "scepgate: scepgate.profiles.demo.validity: must be ");
        assertThat(tablesOf(untouched)).isEmpty();
    }

    @Test
    void namesTheSettingWithoutWhichAnEndpointCannotBeAsked() throws Exception {
        String prefix = "scepgate.profiles.demo.authorize.";
        Map<String, String> settings = completeWith(prefix + "url", "https://decide.example/");

        refusesWithOneLine(run(settings), "scepgate: " + prefix + "secret: is not set");
        settings.put(prefix + "secret", "0123456789abcdef".repeat(2));
        settings.put(prefix + "timeout", "PT8S");
        refusesWithOneLine(run(settings), "scepgate: " + prefix + "timeout: must be ");
        settings.put(prefix + "url", "http://decide.example/");
        settings.remove(prefix + "timeout");
        refusesWithOneLine(run(settings), "scepgate: " + prefix + "url: must be an https URL");
        settings.remove(prefix + "url");
        refusesWithOneLine(run(settings), "scepgate: " + prefix + "url: is not set beside its secret");
    }

    @Test
    void namesTheStaticChallengeThatAProfileLacks() throws Exception {
        Map<String, String> settings = completeWith("scepgate.profiles.demo.authenticate-by", "static");
        String prefix = "scepgate.mdm.static.demo.";

        refusesWithOneLine(run(settings), "scepgate: " + prefix + "challenge-hash: is not set");
        settings.put(prefix + "challenge-hash", "in the clear");
        settings.put(prefix + "expires", "2099-01-01T00:00:00Z");
        settings.put(prefix + "names.subject[0].type", "CN");
        settings.put(prefix + "names.subject[0].pattern", "router-[0-9]+");
        Outcome outcome = run(settings);
        refusesWithOneLine(outcome, "scepgate: " + prefix + "challenge-hash: ");
        assertThat(outcome.output()).doesNotContain("in the clear");
    }

    @Test
    void namesTheValueThatIsOfNoUse() throws Exception {
        Outcome outcome = run(completeWith("scepgate.profiles.demo.validity", "a year"));

        refusesWithOneLine(outcome, "scepgate: ");
        assertThat(outcome.output()).contains("scepgate.profiles.demo.validity");
    }

    @Test
    void namesTheLimitOfRefusalsThatIsNone() throws Exception {
        String key = "scepgate.challenge.refusals-per-minute";

        refusesWithOneLine(run(completeWith(key, "-1")), "scepgate: " + key + ": ");
    }

    @Test
    void namesTheStepOfFailuresThatNoRequestOutlasts() throws Exception {
        String key = "scepgate.request.failure-step";

        refusesWithOneLine(run(completeWith(key, "PT8S")), "scepgate: " + key + ": ");
    }

    @Test
    void namesTheDatabaseThatCannotBeReached() throws Exception {
        Map<String, String> settings = complete();
        settings.put("quarkus.datasource.reactive.url", "postgresql://127.0.0.1:1/scepgate");

        refusesWithOneLine(run(settings), "scepgate: quarkus.datasource.reactive.url: ");
    }

    @Test
    void namesTheDatabaseThatRefusesThePassword() throws Exception {
        Outcome outcome = run(completeWith("quarkus.datasource.password", "guessed"));

        refusesWithOneLine(outcome, "scepgate: quarkus.datasource.reactive.url: ");
        assertThat(outcome.output()).contains("password authentication failed").doesNotContain("guessed");
    }

    @Test
    void startsWithOneUrlOfTheDatabaseAndThePepperInAFile() throws Exception {
        Map<String, String> settings = complete();
        settings.put(
                "scepgate.challenge.pepper-file",
                Files.writeString(folder.resolve("pepper"), settings.remove("scepgate.challenge.pepper"))
                        .toString());

        try (ServerProcess server = ServerProcess.start(new ServerSettings(settings))) {
            assertThat(server.log()).contains("Listening on");
        }
    }

    private static List<String> tablesOf(TestPostgres.Database database) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = database.connect();
                ResultSet rows = connection.getMetaData().getTables(null, "public", null, new String[] {"TABLE"})) {
            while (rows.next()) {
                tables.add(rows.getString("TABLE_NAME"));
            }
        }
        return tables;
    }

    private static void refusesWithOneLine(Outcome outcome, String beginning) {
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output()).doesNotContain("\tat ").doesNotContain("Caused by");
        assertThat(outcome.lines().stream().filter(line -> line.startsWith("scepgate: ")))
                .singleElement()
                .asString()
                .startsWith(beginning);
    }

    /** What a server needs, and one URL of the database instead of two. */
    private static Map<String, String> complete() {
        Map<String, String> settings = new TreeMap<>(ServerSettings.of(database)
                .with(new TestIdentityProvider().settings(keys))
                .with("scepgate.base-url", "http://localhost")
                .profile("demo", Map.of("ca", "main"))
                .values());
        settings.remove("quarkus.datasource.jdbc.url");
        for (String pair : List.of("ca", "ra")) {
            settings.put(
                    "scepgate.cas.main." + pair + "-keystore",
                    keys.resolve(pair + ".p12").toString());
            settings.put("scepgate.cas.main." + pair + "-password", TestCa.PASSWORD);
        }
        return settings;
    }

    private static Map<String, String> completeWith(String key, String value) {
        Map<String, String> settings = complete();
        settings.put(key, value);
        return settings;
    }

    private Outcome run(Map<String, String> settings) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("-Dquarkus.http.port=0", "-Dquarkus.management.port=0"));
        settings.forEach((key, value) -> options.add("-D" + key + "=" + value));
        ProcessBuilder builder = new ProcessBuilder(PackagedProgram.command(options))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.matches("(QUARKUS|SCEPGATE|MP_JWT).*"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    private record Outcome(int status, String output) {
        List<String> lines() {
            return output.lines().toList();
        }
    }
}
