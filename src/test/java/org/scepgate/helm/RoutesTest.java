package org.scepgate.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the chart leads to the server is all that devices and MDMs need, and nothing else. */
class RoutesTest {
    private static final Set<String> NOT_FROM_OUTSIDE = Set.of("q", "dev", "");

    @Test
    void everyResourceOfTheServerHasARoute() {
        Set<String> routed = paths().map(path -> path.substring(1)).collect(Collectors.toSet());

        assertThat(firstSegments())
                .hasSizeGreaterThan(3)
                .allSatisfy(segment -> assertThat(routed).contains(segment));
    }

    @Test
    void anIngressLeadsEachHostWhereItServes() {
        JsonNode ingress = Chart.render(Chart.EVERYTHING).one("Ingress");

        assertThat(pathsOf(ingress, 0))
                .contains("/scep", "/crl", "/ocsp", "/cgi-bin", "/certsrv", "/CertSrv")
                .doesNotContain("/api", "/mdm");
        assertThat(pathsOf(ingress, 1)).containsExactly("/api", "/mdm");
        assertThat(ingress.at("/spec/rules/0/http/paths/0/backend/service/port/name")
                        .asText())
                .isEqualTo("http");
    }

    @Test
    void nginxGetsWhatLongRequestLinesNeed() {
        JsonNode annotations = Chart.render(Chart.EVERYTHING).one("Ingress").at("/metadata/annotations");

        assertThat(annotations.get("nginx.ingress.kubernetes.io/server-snippet").asText())
                .isEqualTo("large_client_header_buffers 4 64k;\n");
        assertThat(annotations.get("nginx.ingress.kubernetes.io/ssl-redirect").asText())
                .isEqualTo("false");
        assertThat(annotations
                        .get("nginx.ingress.kubernetes.io/proxy-body-size")
                        .asText())
                .isEqualTo("2m");
    }

    @Test
    void nginxIsToldNothingWhereItIsAnother() {
        JsonNode ingress = Chart.render(Chart.FIRST_DEVICE, Map.of("ingress.nginx.enabled", "false"))
                .one("Ingress");

        assertThat(ingress.at("/metadata/annotations").isMissingNode()).isTrue();
    }

    @Test
    void aGatewayIsLedToTheServiceThatDevicesUse() {
        JsonNode rule = Chart.render(Chart.EVERYTHING).one("HTTPRoute").at("/spec/rules/0");

        assertThat(Manifests.in(rule.get("matches"))
                        .map(match -> match.at("/path/value").asText()))
                .contains("/scep", "/certsrv", "/api", "/mdm")
                .noneMatch(path -> path.startsWith("/q"));
        assertThat(rule.at("/backendRefs/0/name").asText()).isEqualTo("enrolment");
        assertThat(rule.at("/backendRefs/0/port").asInt()).isEqualTo(80);
    }

    @Test
    void metricsAreNotOnTheServiceThatDevicesUse() {
        Manifests manifests = Chart.render(Chart.EVERYTHING);

        assertThat(ports(manifests, "enrolment")).containsExactly("http", "https");
        assertThat(ports(manifests, "enrolment-management")).containsExactly("management");
        assertThat(ports(Chart.render(Chart.OPERATORS), "demo-scepgate")).containsExactly("https");
    }

    @Test
    void theNetworkPolicyLetsNobodyReadMetricsUnlessItIsTold() {
        JsonNode open = Chart.render(Chart.FIRST_DEVICE).one("NetworkPolicy").at("/spec/ingress");
        JsonNode told = Chart.render(Chart.EVERYTHING).one("NetworkPolicy").at("/spec/ingress");

        assertThat(open.findValuesAsText("port")).containsExactly("http");
        assertThat(told.findValuesAsText("port")).containsExactly("http", "https", "management");
        assertThat(told.get(1).at("/from/0/namespaceSelector").isObject()).isTrue();
    }

    @Test
    void theNetworkPolicyLetsRequestsOutWhereItIsTold() {
        JsonNode open = Chart.render(Chart.FIRST_DEVICE).one("NetworkPolicy").at("/spec/egress/2");
        JsonNode told = Chart.render(Chart.EVERYTHING).one("NetworkPolicy").at("/spec/egress/2");

        assertThat(open.findValuesAsText("port")).containsExactly("443");
        assertThat(open.has("to")).isFalse();
        assertThat(told.findValuesAsText("port")).containsExactly("443", "3128");
        assertThat(told.at("/to/0/ipBlock/cidr").asText()).isEqualTo("10.20.0.0/16");
    }

    /** The certificate of the listener is for the name that devices know. */
    @Test
    void theTestOfAReleaseUsesTheServiceUnlessThatHasHttpsAlone() {
        Map<String, String> elsewhere = Map.of("tests.baseUrl", "https://scep.acme.example:8443");

        assertThat(examined(Chart.render(Chart.EVERYTHING))).isEqualTo("http://enrolment:80/scep/printers");
        assertThat(examined(Chart.render(Chart.OPERATORS))).isEqualTo("http://scep.acme.example/scep/partners");
        assertThat(examined(Chart.render(Chart.EVERYTHING, elsewhere)))
                .isEqualTo("https://scep.acme.example:8443/scep/printers");
    }

    private static String examined(Manifests manifests) {
        return manifests.one("Pod").at("/spec/containers/0/args/2").asText();
    }

    /** A stream of events is silent for {@code scepgate.events.keep-alive}, 15 seconds. */
    @Test
    void nginxWaitsLongerThanAStreamIsSilent() {
        JsonNode annotations = Chart.render(Chart.EVERYTHING).one("Ingress").at("/metadata/annotations");

        assertThat(annotations
                        .get("nginx.ingress.kubernetes.io/proxy-read-timeout")
                        .asInt())
                .isGreaterThan(15);
    }

    private static List<String> ports(Manifests manifests, String service) {
        return Manifests.in(manifests.one("Service", service).at("/spec/ports"))
                .map(port -> port.get("name").asText())
                .toList();
    }

    private static List<String> pathsOf(JsonNode ingress, int rule) {
        return Manifests.in(ingress.at("/spec/rules/" + rule + "/http/paths"))
                .map(path -> path.get("path").asText())
                .toList();
    }

    private static Stream<String> paths() {
        return Stream.of("devices", "api")
                .flatMap(part -> Manifests.in(Chart.values().get("paths").get(part)))
                .map(JsonNode::asText);
    }

    private static Set<String> firstSegments() {
        return new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests()).importPackages("org.scepgate").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .map(RoutesTest::firstSegment)
                        .filter(segment -> !NOT_FROM_OUTSIDE.contains(segment))
                        .collect(Collectors.toSet());
    }

    private static String firstSegment(JavaClass resource) {
        String path = resource.getAnnotationOfType(Path.class).value();
        return path.replaceFirst("^/", "").split("/")[0];
    }
}
