package org.scepgate.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.ca.KeyCheck;
import org.scepgate.ca.KeyEntry;
import org.scepgate.ca.SoftwareKeys;

class DevEnvironmentTest {
    private static final Map<String, String> OWN_DATABASE =
            Map.of("quarkus.datasource.jdbc.url", "jdbc:postgresql://db/scepgate");

    @TempDir
    Path folder;

    @Test
    void setsWhatNobodyConfiguredAndTakesItBack() {
        try (DevEnvironment environment = open(Map.of())) {
            assertThat(environment.settings().keySet())
                    .containsExactlyInAnyOrder(
                            "quarkus.datasource.reactive.url",
                            "quarkus.datasource.jdbc.url",
                            "quarkus.datasource.username",
                            "quarkus.datasource.password",
                            "scepgate.cas.development.ca-keystore",
                            "scepgate.cas.development.ca-password-file",
                            "scepgate.cas.development.ocsp-keystore",
                            "scepgate.cas.development.ocsp-password-file",
                            "scepgate.cas.development.ra-keystore",
                            "scepgate.cas.development.ra-password-file",
                            "scepgate.challenge.pepper",
                            "scepgate.idempotency.key");
            assertThat(System.getProperty("scepgate.challenge.pepper")).hasSize(64);
        }

        assertThat(System.getProperty("scepgate.challenge.pepper")).isNull();
    }

    @Test
    void leavesAloneWhatIsConfigured() {
        Map<String, String> configured = new HashMap<>(OWN_DATABASE);
        configured.put("scepgate.challenge.pepper-file", "pepper");
        configured.put("scepgate.idempotency.key-file", "key");
        configured.put("scepgate.cas.development.ca-keystore", "ca.p12");

        try (DevEnvironment environment = open(configured)) {
            assertThat(environment.settings()).isEmpty();
            assertThat(folder.resolve("postgres")).doesNotExist();
        }
    }

    @Test
    void keepsKeysAndSecretsAcrossRestarts() throws Exception {
        Map<String, String> first = settingsOfOneRun();
        List<byte[]> files = contents();

        Map<String, String> second = settingsOfOneRun();

        assertThat(second).isEqualTo(first);
        assertThat(contents()).usingRecursiveComparison().isEqualTo(files);
    }

    @Test
    void makesACaAndAnRaThatTheServerAccepts() throws Exception {
        Map<String, String> settings = settingsOfOneRun();

        KeyEntry ca = load(settings, "ca");
        KeyEntry ra = load(settings, "ra");
        assertThat(KeyCheck.problemOfAuthority(ca, Instant.now())).isEqualTo(Optional.empty());
        assertThat(KeyCheck.problemOfRegistrationAuthority(ra, ca, Instant.now()))
                .isEqualTo(Optional.empty());
        X509CertificateHolder certificate = ra.certificate();
        assertThat(certificate.getIssuer()).hasToString("CN=Scepgate Development CA");
        assertThat(certificate.getExtensions().getCriticalExtensionOIDs())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
    }

    @Test
    void showsNoneOfItToOthers() throws Exception {
        settingsOfOneRun();

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    private Map<String, String> settingsOfOneRun() {
        try (DevEnvironment environment = open(OWN_DATABASE)) {
            return environment.settings();
        }
    }

    private DevEnvironment open(Map<String, String> configured) {
        Config config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(configured, "test", 100))
                .build();
        return DevEnvironment.open(folder, config);
    }

    private List<byte[]> contents() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(DevEnvironmentTest::read).toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyEntry load(Map<String, String> settings, String pair) throws Exception {
        String prefix = "scepgate.cas.development." + pair + "-";
        String password = Files.readString(Path.of(settings.get(prefix + "password-file")));
        return SoftwareKeys.load(Path.of(settings.get(prefix + "keystore")), password.toCharArray());
    }
}
