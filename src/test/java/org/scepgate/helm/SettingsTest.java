package org.scepgate.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.scepgate.challenge.ClientsConfig;
import org.scepgate.enrollment.EndpointConfig;
import org.scepgate.events.EventsConfig;
import org.scepgate.events.WebhooksConfig;
import org.scepgate.mdm.NameConfig;
import org.scepgate.mdm.fixed.StaticConfig;
import org.scepgate.mdm.intune.IntuneConfig;
import org.scepgate.mdm.jamf.JamfConfig;
import org.scepgate.mdm.ndes.NdesConfig;
import org.scepgate.outbound.OutboundConfig;
import org.scepgate.platform.IssuersConfig;

/** Values of the chart arrive at the server as they were written, and the schema knows every setting there is. */
class SettingsTest {
    private static final Map<String, Class<?>> DEFINITIONS = Map.ofEntries(
            Map.entry("profile", EndpointConfig.ProfileConfig.class),
            Map.entry("issuer", IssuersConfig.IssuerConfig.class),
            Map.entry("client", ClientsConfig.ClientConfig.class),
            Map.entry("webhook", WebhooksConfig.WebhookConfig.class),
            Map.entry("events", EventsConfig.class),
            Map.entry("profileEvents", EventsConfig.ProfileConfig.class),
            Map.entry("outbound", OutboundConfig.class),
            Map.entry("intune", IntuneConfig.class),
            Map.entry("jamf", JamfConfig.WebhookConfig.class),
            Map.entry("ndes", NdesConfig.class),
            Map.entry("ndesAccount", NdesConfig.AccountConfig.class),
            Map.entry("static", StaticConfig.SharedConfig.class),
            Map.entry("rdn", NameConfig.RdnConfig.class),
            Map.entry("altName", NameConfig.AltNameConfig.class));

    /** What is in {@code secretSettings} alone. */
    private static final Pattern SECRET = Pattern.compile(".*(secret|password|hash)(-file)?");

    @TestFactory
    Stream<DynamicTest> theSchemaKnowsEverySettingThatIsNoSecret() {
        return DEFINITIONS.entrySet().stream()
                .map(definition -> DynamicTest.dynamicTest(definition.getKey(), () -> {
                    JsonNode schema = Chart.schema().get("definitions").get(definition.getKey());
                    assertThat(namesIn("", schema))
                            .containsExactlyInAnyOrderElementsOf(namesOf("", definition.getValue()).stream()
                                    .filter(name -> !SECRET.matcher(name).matches())
                                    .toList());
                }));
    }

    @Test
    void textsArriveAsTheyWereWritten() {
        JsonNode values = Chart.read(Chart.EVERYTHING);

        SmallRyeConfig config = Settings.of(Chart.render(Chart.EVERYTHING)).config();

        IssuersConfig.IssuerConfig issuer =
                config.getConfigMapping(IssuersConfig.class).issuers().get("entra");
        ClientsConfig.ClientConfig client =
                config.getConfigMapping(ClientsConfig.class).clients().get("mdm");
        assertThat(issuer.audiences()).containsExactly("api://scepgate,1", "scepgate");
        assertThat(issuer.roleMapping())
                .containsOnly(Map.entry("Scep.Issue", "challenge-issuer"), Map.entry("Look at: all = yes", "auditor"));
        assertThat(client.subjectPattern())
                .hasValue(values.at("/clients/mdm/subject-pattern").asText());
        assertThat(client.maxOpenChallenges()).hasValue(500);
        assertThat(config.getConfigMapping(EndpointConfig.class)
                        .profiles()
                        .get("phones")
                        .approval()
                        .maxPending())
                .isEqualTo(1_000_000);
    }

    @Test
    void aRolloverHasItsKeysInFoldersOfTheirOwn() {
        Manifests manifests = Chart.render(Chart.EVERYTHING);

        assertThat(manifests.setting("scepgate.cas.main.next.ra-keystore"))
                .isEqualTo("/etc/scepgate/cas/main-next/ra.p12");
        assertThat(manifests.setting("scepgate.cas.main.previous.ocsp-keystore"))
                .isNull();
        assertThat(manifests.server().findValuesAsText("secretName")).doesNotContain("ca-2021");
        assertThat(manifests.server().get("volumes").toString()).contains("\"ca-2021\"", "\"old-ca.p12\"");
    }

    @Test
    void aJobOrTheServersMigrateButNotBoth() {
        Manifests job = Chart.render(Chart.EVERYTHING);
        Manifests servers = Chart.render(Chart.FIRST_DEVICE);

        assertThat(job.setting("quarkus.flyway.migrate-at-start")).isEqualTo("false");
        assertThat(job.setting("quarkus.flyway.validate-at-start")).isEqualTo("true");
        assertThat(job.one("Job")
                        .at("/metadata/annotations")
                        .get(Chart.RENDERED_HOOK)
                        .asText())
                .isEqualTo("pre-install,pre-upgrade");
        assertThat(servers.setting("quarkus.flyway.migrate-at-start")).isEqualTo("true");
        assertThat(servers.of("Job")).isEmpty();
    }

    @Test
    void aClusterOfItsOwnIsMigratedByItsFirstServer() {
        Manifests manifests = Chart.render(Chart.OPERATORS);

        assertThat(manifests.setting("quarkus.flyway.migrate-at-start")).isEqualTo("true");
        assertThat(manifests.setting("quarkus.datasource.reactive.url"))
                .isEqualTo("postgresql://demo-scepgate-db-rw:5432/scepgate");
        assertThat(manifests
                        .one("Cluster")
                        .at("/spec/postgresql/synchronous/number")
                        .asInt())
                .isEqualTo(1);
        assertThat(manifests
                        .one("Job")
                        .at("/metadata/annotations")
                        .get(Chart.RENDERED_HOOK)
                        .asText())
                .isEqualTo("pre-upgrade");
    }

    @Test
    void certManagerKeepsACaWithItsDelegates() {
        Manifests manifests = Chart.render(Chart.OPERATORS);

        JsonNode ca = manifests.one("Certificate", "demo-scepgate-main-ca").get("spec");
        JsonNode ra = manifests.one("Certificate", "demo-scepgate-main-ra").get("spec");

        assertThat(ca.get("isCA").asBoolean()).isTrue();
        assertThat(ca.at("/keystores/pkcs12/create").asBoolean()).isTrue();
        assertThat(ca.at("/issuerRef/name").asText()).isEqualTo("demo-scepgate-main-self-signed");
        assertThat(ra.at("/privateKey/algorithm").asText()).isEqualTo("RSA");
        assertThat(ra.get("usages").toString()).contains("digital signature", "key encipherment");
        assertThat(manifests
                        .one("Certificate", "demo-scepgate-partners-ca")
                        .at("/spec/issuerRef/kind")
                        .asText())
                .isEqualTo("ClusterIssuer");
        assertThat(manifests.server().get("volumes").toString()).contains("demo-scepgate-main-ra");
    }

    @Test
    void theChartAndTheImagesStartTheSameJvm() throws IOException {
        String options = Chart.values().get("jvmOptions").asText();
        String dockerfile = Files.readString(Path.of("src/main/docker/Dockerfile.jvm"));
        String jib = Files.readString(Path.of("src/main/resources/application.properties"));

        assertThat(dockerfile).contains("ENV JDK_JAVA_OPTIONS=\"" + options + "\"");
        assertThat(jib).contains("\"JDK_JAVA_OPTIONS\"=" + options + "\n");
    }

    @Test
    void rollsWithoutEverHavingFewerServers() {
        JsonNode deployment = Chart.render(Chart.FIRST_DEVICE).one("Deployment").get("spec");

        assertThat(deployment.at("/strategy/rollingUpdate/maxUnavailable").asInt(-1))
                .isZero();
        assertThat(Chart.render(Chart.EVERYTHING).one("Deployment").get("spec").has("replicas"))
                .isFalse();
        assertThat(Chart.render(Chart.FIRST_DEVICE, Map.of("profiles.phones.validity", "P1D"))
                        .one("Deployment")
                        .at("/spec/template/metadata/annotations"))
                .isNotEqualTo(deployment.at("/template/metadata/annotations"));
    }

    /** What the server's own check would stop later, as far as a pattern can see it. */
    @ParameterizedTest
    @CsvFileSource(resources = "/trusted-proxies.csv")
    void takesOnlyAddressesAndNetworksForProxies(String proxy, boolean isTakenByTheServer, boolean isTaken) {
        String pattern =
                Chart.schema().at("/properties/trustedProxies/items/pattern").asText();

        assertThat(Pattern.compile(pattern).asPredicate().test(proxy)).isEqualTo(isTaken);
        assertThat(isTaken || !isTakenByTheServer).isTrue();
    }

    private static Set<String> namesIn(String prefix, JsonNode schema) {
        Set<String> names = new TreeSet<>();
        schema.path("properties").properties().forEach(property -> {
            String reference = property.getValue().path("$ref").asText("#").substring(1);
            JsonNode value =
                    reference.isEmpty() ? property.getValue() : Chart.schema().at(reference);
            if (value.has("properties")) {
                names.addAll(namesIn(prefix + property.getKey() + ".", value));
            } else {
                names.add(prefix + property.getKey());
            }
        });
        return names;
    }

    private static Set<String> namesOf(String prefix, Class<?> mapping) {
        Set<String> names = new TreeSet<>();
        for (Method setting : mapping.getMethods()) {
            String name =
                    prefix + setting.getName().replaceAll("([A-Z])", "-$1").toLowerCase();
            Class<?> type = setting.getReturnType();
            if (type.isInterface() && type.getName().startsWith("org.scepgate.")) {
                names.addAll(namesOf(name + ".", type));
            } else {
                names.add(name);
            }
        }
        return names;
    }
}
