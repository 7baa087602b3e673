package org.scepgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class StartupCheckTest {
    @TempDir
    Path folder;

    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void configureEverything() throws IOException {
        String file = Files.writeString(folder.resolve("file"), "anything").toString();
        settings.putAll(Map.of(
                "scepgate.base-url", "https://scep.example.com",
                "quarkus.datasource.reactive.url", "postgresql://db:5432/scepgate",
                "quarkus.datasource.username", "scepgate",
                "quarkus.datasource.password", "secret",
                "scepgate.cas.main.ca-keystore", file,
                "scepgate.profiles.demo.ca", "main",
                "mp.jwt.verify.issuer", "https://idp.example.com",
                "mp.jwt.verify.audiences", "scepgate",
                "mp.jwt.verify.publickey.location", "https://idp.example.com/jwks",
                "scepgate.challenge.pepper", "0123456789abcdef0123456789abcdef"));
    }

    @Test
    void findsNothingWrongWhereAllIsConfigured() {
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "quarkus.vertx.event-loops-pool-size, 1 to 9999, 0",
        "quarkus.vertx.event-loops-pool-size, 1 to 9999, -1",
        "quarkus.vertx.event-loops-pool-size, 1 to 9999, two",
        "quarkus.vertx.event-loops-pool-size, 1 to 9999, 1.5",
        "quarkus.vertx.event-loops-pool-size, 1 to 9999, 99999",
        "scepgate.crypto.threads, 1 to 9999, 0",
        "scepgate.crypto.threads, 1 to 9999, 10000",
        "scepgate.crypto.queue, 0 to 999999, -1",
        "scepgate.crypto.queue, 0 to 999999, 1000000"
    })
    void wantsANumberThatCanBe(String key, String range, String number) {
        settings.put(key, number);

        assertThat(problems()).containsExactly(key + " is no whole number from " + range + ": " + number);
    }

    @ParameterizedTest
    @CsvSource({"scepgate.crypto.threads, 1", "scepgate.crypto.queue, 0", "scepgate.crypto.queue, ' 20000 '"})
    void takesANumberThatCanBe(String key, String number) {
        settings.put(key, number);

        assertThat(problems()).isEmpty();
    }

    @Test
    void believesNoProxyWithoutAName() {
        settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
        assertThat(problems()).singleElement().asString().contains("quarkus.http.proxy.trusted-proxies");

        settings.put("quarkus.http.proxy.trusted-proxies", "10.0.0.5");
        assertThat(problems()).isEmpty();
    }

    /** A name costs a socket for each request, and who writes {@code ::1} gets a host named ":" at port 1. */
    @ParameterizedTest
    @CsvFileSource(resources = "/trusted-proxies.csv")
    void takesOnlyAddressesAndNetworksForProxies(String proxy, boolean isTaken) {
        settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
        settings.put("quarkus.http.proxy.trusted-proxies", "10.0.0.5, " + proxy);

        if (isTaken) {
            assertThat(problems()).isEmpty();
        } else {
            assertThat(problems())
                    .singleElement()
                    .asString()
                    .startsWith("quarkus.http.proxy.trusted-proxies")
                    .contains(proxy);
        }
    }

    @Test
    void saysHowAnAddressIsWritten() {
        settings.put("quarkus.management.proxy.proxy-address-forwarding", "true");
        settings.put("quarkus.management.proxy.trusted-proxies[0]", "2001:db8::5");

        assertThat(problems())
                .containsExactly(
                        "quarkus.management.proxy.trusted-proxies holds an IPv6 address without brackets: write"
                                + " [2001:db8::5]");
    }

    @ParameterizedTest
    @CsvSource({
        "scepgate.base-url, SCEPGATE_BASE_URL",
        "quarkus.datasource.reactive.url, QUARKUS_DATASOURCE_REACTIVE_URL",
        "quarkus.datasource.username, QUARKUS_DATASOURCE_USERNAME",
        "quarkus.datasource.password, QUARKUS_DATASOURCE_PASSWORD",
        "mp.jwt.verify.issuer, MP_JWT_VERIFY_ISSUER",
        "mp.jwt.verify.audiences, MP_JWT_VERIFY_AUDIENCES",
        "mp.jwt.verify.publickey.location, MP_JWT_VERIFY_PUBLICKEY_LOCATION",
        "scepgate.challenge.pepper, SCEPGATE_CHALLENGE_PEPPER",
    })
    void namesASettingThatIsMissing(String key, String environment) {
        settings.remove(key);

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(key + " is not set: ")
                .endsWith("(environment: " + environment + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "scepgate.request.timeout, PT0S, scepgate.request.timeout leaves no time to answer",
        "scepgate.request.timeout, -PT8S, scepgate.request.timeout leaves no time to answer",
        "scepgate.request.timeout, soon, scepgate.request.timeout is no duration",
        "scepgate.request.arrival, PT0S, scepgate.request.arrival leaves no time to send a request",
        "scepgate.request.failure-step, PT0S, scepgate.request.failure-step leaves no time to hide what a failure took",
        "scepgate.base-url, scep.example.com, scepgate.base-url is no http or https URL",
        "scepgate.base-url, ftp://scep.example.com, scepgate.base-url is no http or https URL",
        "scepgate.challenge.pepper, too short, scepgate.challenge.pepper is too short",
        "scepgate.cas.main.ca-keystore, absent.p12, scepgate.cas.main.ca-keystore names a file that is not there",
        "scepgate.cas.main.ra-password-file, absent, scepgate.cas.main.ra-password-file names a file that is not there",
        "mp.jwt.verify.publickey.location, absent.pem, mp.jwt.verify.publickey.location names a file",
        "mp.jwt.verify.issuer, ${ABSENT}, mp.jwt.verify.issuer is not set",
        "quarkus.datasource.reactive.url, mysql://db/scepgate, quarkus.datasource.reactive.url is no URL of PostgreSQL",
    })
    void saysWhatIsWrongWithAValue(String key, String value, String problem) {
        settings.put(key, value);

        assertThat(problems()).anySatisfy(line -> assertThat(line).startsWith(problem));
    }

    @Test
    void keepsThePepperOutOfItsAnswer() {
        settings.put("scepgate.challenge.pepper", "hunter2");

        assertThat(problems()).singleElement().asString().doesNotContain("hunter2");
    }

    @Test
    void wantsOnePlaceForThePepper() {
        settings.put("scepgate.challenge.pepper-file", folder.resolve("file").toString());

        assertThat(problems())
                .containsExactly(
                        "scepgate.challenge.pepper-file is set beside scepgate.challenge.pepper: use one of" + " them");
    }

    @Test
    void readsThePepperInAFileToo() {
        settings.remove("scepgate.challenge.pepper");
        settings.put("scepgate.challenge.pepper-file", folder.resolve("file").toString());

        assertThat(problems())
                .containsExactly("scepgate.challenge.pepper-file is too short: it needs at least 32 characters");
    }

    @Test
    void findsAuthoritiesAndProfilesInTheEnvironment() {
        settings.remove("scepgate.cas.main.ca-keystore");
        settings.remove("scepgate.profiles.demo.ca");
        settings.put("SCEPGATE_CAS_MAIN_CA_KEYSTORE", "absent.p12");
        settings.put("SCEPGATE_PROFILES_DEMO_CA", "main");

        assertThat(problems())
                .containsExactly("SCEPGATE_CAS_MAIN_CA_KEYSTORE names a file that is not there: absent.p12");
    }

    @Test
    void takesATokenKeyThatIsWrittenOut() {
        settings.remove("mp.jwt.verify.publickey.location");
        settings.put("mp.jwt.verify.publickey", "-----BEGIN PUBLIC KEY-----");

        assertThat(problems()).isEmpty();
    }

    @Test
    void takesIssuersInPlaceOfMicroProfiles() {
        settings.keySet().removeIf(key -> key.startsWith("mp.jwt."));
        settings.put("scepgate.issuers.idp.issuer", "https://idp.example.com");

        assertThat(problems()).isEmpty();
    }

    @Test
    void wantsTheRestOfMicroProfilesIssuerBesideOthers() {
        settings.remove("mp.jwt.verify.audiences");
        settings.put("scepgate.issuers.idp.issuer", "https://other.example.com");

        assertThat(problems()).singleElement().asString().startsWith("mp.jwt.verify.audiences is not set");
    }

    @Test
    void namesTheKeyFileOfAnIssuerThatIsNotThere() {
        settings.put("scepgate.issuers.idp.jwks-file", "absent.json");

        assertThat(problems())
                .containsExactly("scepgate.issuers.idp.jwks-file names a file that is not there: absent.json");
    }

    @Test
    void leavesTheUserToACredentialsProvider() {
        settings.remove("quarkus.datasource.username");
        settings.remove("quarkus.datasource.password");
        settings.put("quarkus.datasource.credentials-provider", "vault");

        assertThat(problems()).isEmpty();
    }

    private List<String> problems() {
        Config config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
        return new StartupCheck(config).problems();
    }
}
