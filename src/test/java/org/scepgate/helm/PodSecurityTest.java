package org.scepgate.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pods of the chart: the Pod Security Standard "restricted", and more than it asks for. */
class PodSecurityTest {
    private static final Set<String> VOLUMES = Set.of("emptyDir", "configMap", "secret", "projected");
    private static final int GROUP_MAY_READ = 0440;

    static List<Path> examples() {
        return Chart.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyPodIsRestricted(Path values) {
        assertThat(Chart.render(values).pods()).hasSizeGreaterThan(1).allSatisfy(pod -> {
            JsonNode security = pod.get("securityContext");
            assertThat(security.get("runAsNonRoot").asBoolean()).isTrue();
            assertThat(security.get("runAsUser").asInt()).isPositive();
            assertThat(security.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.has("hostNetwork") || pod.has("hostPID") || pod.has("hostIPC"))
                    .isFalse();
            assertThat(Manifests.in(pod.get("volumes")))
                    .allSatisfy(volume -> assertThat(kindOf(volume)).isSubsetOf(VOLUMES));
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyContainerIsRestricted(Path values) {
        assertThat(Chart.render(values).pods().stream().flatMap(pod -> Manifests.in(pod.get("containers"))))
                .allSatisfy(container -> {
                    JsonNode security = container.get("securityContext");
                    assertThat(security.get("allowPrivilegeEscalation").asBoolean(true))
                            .isFalse();
                    assertThat(security.get("readOnlyRootFilesystem").asBoolean())
                            .isTrue();
                    assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                    assertThat(container.at("/resources/limits/memory").asText())
                            .isNotBlank();
                    assertThat(Manifests.in(container.get("volumeMounts")))
                            .anyMatch(mount -> mount.get("mountPath").asText().equals("/tmp"));
                });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void noPodGetsATokenForKubernetes(Path values) {
        Manifests manifests = Chart.render(values);

        assertThat(manifests.pods())
                .allSatisfy(pod -> assertThat(
                                pod.get("automountServiceAccountToken").asBoolean(true))
                        .isFalse());
        assertThat(manifests
                        .one("ServiceAccount")
                        .get("automountServiceAccountToken")
                        .asBoolean(true))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void secretsAreReadByTheGroupOfThePodAlone(Path values) {
        assertThat(Chart.render(values).pods()).allSatisfy(pod -> {
            assertThat(pod.at("/securityContext/fsGroup").asInt())
                    .isEqualTo(pod.at("/securityContext/runAsGroup").asInt());
            assertThat(Manifests.in(pod.get("volumes"))
                            .filter(volume -> volume.has("secret") || volume.has("projected")))
                    .allSatisfy(volume -> assertThat(mode(volume)).isEqualTo(GROUP_MAY_READ));
        });
    }

    @Test
    void whatIsMountedIsWhatThereIs() {
        for (Path values : examples()) {
            assertThat(Chart.render(values).pods()).allSatisfy(pod -> {
                List<String> volumes = Manifests.in(pod.get("volumes"))
                        .map(volume -> volume.get("name").asText())
                        .toList();
                assertThat(Manifests.in(pod.at("/containers/0/volumeMounts")))
                        .extracting(mount -> mount.get("name").asText())
                        .containsExactlyInAnyOrderElementsOf(volumes);
            });
        }
    }

    private static int mode(JsonNode volume) {
        return volume.at(volume.has("secret") ? "/secret/defaultMode" : "/projected/defaultMode")
                .asInt();
    }

    private static Set<String> kindOf(JsonNode volume) {
        Set<String> fields = new TreeSet<>();
        volume.fieldNames().forEachRemaining(fields::add);
        fields.remove("name");
        return fields;
    }
}
