package org.scepgate.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example renders to what Kubernetes takes, and a wrong value is refused by its name. */
class ChartTest {
    private static final Pattern SECRET_TEXT =
            Pattern.compile("(?i)\\b[\\w.-]*(password|pepper|secret|token|pin)[ \"]*[=:] *[\"']?[^\\s\"'$/{]");

    static List<Path> examples() {
        return Chart.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void lints(Path values, @TempDir Path copy) {
        LintResult result = Chart.lint(values, copy);

        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void makesObjectsThatKubernetesTakes(Path values) {
        Manifests manifests = Chart.render(values);

        assertThat(manifests.all().stream().filter(Kubernetes::knows))
                .hasSizeGreaterThan(5)
                .allSatisfy(object -> assertThat(Kubernetes.problem(object))
                        .as(object.get("kind") + " " + Manifests.nameOf(object))
                        .isEmpty());
        assertThat(manifests.all())
                .extracting(object -> object.get("kind").asText() + " " + Manifests.nameOf(object))
                .doesNotHaveDuplicates();
    }

    @Test
    void theCheckOfObjectsSeesAFieldThatIsNone() {
        String wrong = "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {prots: []}}";

        JsonNode service = Manifests.parse(wrong).one("Service");

        assertThat(Kubernetes.problem(service))
                .hasValueSatisfying(text -> assertThat(text).contains("prots"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void takesSecretsByReferenceOnly(Path values) {
        Manifests manifests = Chart.render(values);

        assertThat(manifests.of("Secret")).isEmpty();
        assertThat(manifests
                        .settings()
                        .lines()
                        .filter(line -> SECRET_TEXT.matcher(line).find()))
                .isEmpty();
        List<JsonNode> containers = manifests.pods().stream()
                .flatMap(pod -> Manifests.in(pod.get("containers")))
                .toList();
        assertThat(containers.stream()
                        .flatMap(container -> Manifests.in(container.path("env")))
                        .filter(variable -> variable.get("name").asText().matches(".*(PASSWORD|USERNAME|SECRET).*")))
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(
                                variable.at("/valueFrom/secretKeyRef/name").asText())
                        .isNotBlank())
                .noneMatch(variable -> variable.has("value"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            baseUrl                              | scep.acme.example | /baseUrl
            fullnameOverride                     | 1_Name            | /fullnameOverride
            nameOverride                         | Name              | /nameOverride
            database.sslMode                     | maybe             | /database/sslMode
            profiles.phones.validty              | P1D               | validty
            profiles.phones.validity             | a year            | /profiles/phones/validity
            profiles.phones.renewal.window       | soon              | /profiles/phones/renewal/window
            profiles.phones.legacy-algorithms[0] | RC4               | /profiles/phones/legacy-algorithms
            clients.mdm.rate                     | often             | /clients/mdm
            issuers.mdm.algorithms[0]            | none              | /issuers/mdm/algorithms
            cas.main.existingSecret              | Not_A_Name        | /cas/main/existingSecret
            settings.scepgate\\.x\\.password     | hunter2           | scepgate.x.password
            replica                              | 3                 | replica
            settings.scepgate\\.x\\.some-hash    | pbkdf2            | scepgate.x.some-hash
            profiles.phones.authorize.secret     | hunter2           | secret
            webhooks.cmdb.secret                 | hunter2           | secret
            webhooks.cmdb.event                  | all               | event
            intune.client-secret                 | hunter2           | client-secret
            mdm.static.phones.challenge-hash     | pbkdf2            | challenge-hash
            outbound.proxy                       | proxy             | /outbound/proxy
            mdm.ndes.encoding                    | latin1            | /mdm/ndes/encoding
            networkPolicy.outbound.ports[0]      | https             | /networkPolicy/outbound/ports
            paths.devices[0]                     | /q/metrics        | /paths/devices
            ingress.hosts[0].host                | Scep.Acme.example | /ingress/hosts/0/host
            ingress.tls[0].hosts[0]              | scep_acme         | /ingress/tls/0/hosts/0
            httpRoute.hostnames[0]               | scep_acme         | /httpRoute/hostnames/0
            service.loadBalancerSourceRanges[0]  | everybody         | /service/loadBalancerSourceRanges/0
            serviceAccount.name                  | Scepgate          | /serviceAccount/name
            resources.limits.memory              | lots              | /resources/limits/memory
            monitoring.prometheusRule.caExpiry   | 3                 | caExpiry
            """)
    void refusesAWrongValueByItsName(String name, String value, String named) {
        assertThatThrownBy(() -> Chart.render(Chart.FIRST_DEVICE, Map.of(name, value)))
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            database.host           |       | database.host is not set
            database.existingSecret |       | database.existingSecret is not set
            database.sslMode        | verify-full | database.ca.existingSecret is not set
            listeners.http.enabled  | false | listeners.http.enabled and listeners.https.enabled are both false
            listeners.https.enabled | true  | listeners.https.existingSecret is not set
            tests.challenge.existingSecret | secret | tests.challenge.subject is not set
            """)
    void saysWhichValueIsMissing(String name, String value, String said) {
        String given = value == null ? "" : value;

        assertThatThrownBy(() -> Chart.render(Chart.FIRST_DEVICE, Map.of(name, given)))
                .hasMessageContaining(said);
    }

    @Test
    void describesEveryValue() throws IOException {
        String readme = Files.readString(Chart.FOLDER.resolve("README.md"));
        Set<String> described = Pattern.compile("`([A-Za-z][\\w.]*)`")
                .matcher(readme)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(namesIn("", Chart.values()))
                .allSatisfy(name -> assertThat(described).contains(name));
        assertThat(readme.lines().filter(line -> line.startsWith("| `")).map(line -> line.split("`")[1]))
                .allSatisfy(name -> assertThat(namesIn("", Chart.values()))
                        .anyMatch(known -> known.equals(name) || known.startsWith(name + ".")));
    }

    /** The leaves of values.yaml, as {@code a.b.c}. */
    private static List<String> namesIn(String prefix, JsonNode values) {
        List<String> names = new ArrayList<>();
        values.properties().forEach(value -> {
            boolean group = value.getValue().isObject() && !value.getValue().isEmpty();
            boolean free = prefix.endsWith("labels.") || value.getKey().matches("requests|limits|labels");
            if (group && !free) {
                names.addAll(namesIn(prefix + value.getKey() + ".", value.getValue()));
            } else {
                names.add(prefix + value.getKey());
            }
        });
        return names;
    }
}
