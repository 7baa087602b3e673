package org.scepgate.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.ca.FastCrypto;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.TestCa;

class EndpointFactoryTest {
    @TempDir
    static Path folder;

    private static TestCa ca;
    private static TestCa next;

    @BeforeAll
    static void makeKeys() {
        ca = TestCa.in(folder.resolve("ca"), "Acme CA");
        next = TestCa.in(folder.resolve("next"), "Acme CA G2");
    }

    private static ServerSettings settings() {
        return new ServerSettings(Map.of("scepgate.base-url", "https://scep.example"));
    }

    private static ScepEndpoint create(ServerSettings settings) {
        EndpointConfig config = new SmallRyeConfigBuilder()
                .withMapping(EndpointConfig.class)
                .withDefaultValues(settings.values())
                .build()
                .getConfigMapping(EndpointConfig.class);
        return new EndpointFactory(config, FastCrypto.none(), Instant.now()).create("demo");
    }

    private static void refuses(ServerSettings settings, String key) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> create(settings))
                .withMessageContaining(key);
    }

    @Test
    void renewsByDefaultAndRollsOverOnlyIfAsked() {
        ScepEndpoint endpoint = create(settings().ca("acme", ca).profile("demo", Map.of("ca", "acme")));

        assertThat(endpoint.profile().renewal().enabled()).isTrue();
        assertThat(endpoint.responders()).hasSize(1);
        assertThat(endpoint.published().nextCaCertificates()).isEmpty();
    }

    @Test
    void answersForTheCaThatIsMeantAndIssuesNothingFromThePreviousOne() {
        ScepEndpoint rolling =
                create(settings().ca("acme", ca).nextCa("acme", next).profile("demo", Map.of("ca", "acme")));
        ScepEndpoint rolled =
                create(settings().ca("acme", next).previousCa("acme", ca).profile("demo", Map.of("ca", "acme")));

        assertThat(rolling.responders())
                .extracting(responder -> responder.ca().authority().certificate())
                .containsExactly(ca.certificate(), next.certificate());
        assertThat(rolled.responders())
                .extracting(responder -> responder.ca().authority().certificate())
                .containsExactly(next.certificate(), next.certificate());
        assertThat(rolled.responders())
                .extracting(responder -> responder.speaker().certificate())
                .containsExactly(next.raCertificate(), ca.raCertificate());
    }

    @Test
    void wantsAnRaUnlessTheCaTalksScepItself() {
        ServerSettings withoutRa = settings().caAlone("acme", ca);

        refuses(withoutRa.profile("demo", Map.of("ca", "acme")), "scepgate.cas.acme.ra-keystore");
        refuses(
                withoutRa.profile("demo", Map.of("ca", "acme", "ca-certificates.layout", "ca")),
                "scepgate.cas.acme.ca-keystore");
    }

    @Test
    void namesTheKeyOfAWindowThatCannotBe() {
        refuses(
                settings().ca("acme", ca).profile("demo", Map.of("ca", "acme", "renewal.window", "PT0S")),
                "scepgate.profiles.demo.renewal.window");
    }

    @Test
    void namesTheKeyOfTheNextCaThatCannotBeRead() {
        ServerSettings broken = settings()
                .ca("acme", ca)
                .nextCa("acme", next)
                .with("scepgate.cas.acme.next.ra-password", "wrong")
                .profile("demo", Map.of("ca", "acme"));

        refuses(broken, "scepgate.cas.acme.next.ra-keystore");
    }
}
