package org.scepgate.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.scepgate.platform.MetricNames;

/** Alerts and dashboard ask for metrics that there are; {@link FirstDeviceIT} finds them at a running server. */
class MonitoringTest {
    @Test
    void asksForOurMetricsByTheirNames() throws IllegalAccessException {
        Set<String> ours = exported();

        assertThat(Monitoring.metrics())
                .filteredOn(name -> name.startsWith("scepgate_"))
                .hasSizeGreaterThan(8)
                .allSatisfy(name -> assertThat(ours).contains(name));
    }

    @Test
    void alertsOnEverythingThatAnOperatorMustNotMiss() {
        JsonNode rules = Chart.render(Chart.EVERYTHING).one("PrometheusRule").at("/spec/groups/0/rules");

        assertThat(rules.findValuesAsText("alert"))
                .doesNotHaveDuplicates()
                .contains(
                        "ScepgateUnusualPattern",
                        "ScepgateAuthorityExpires",
                        "ScepgateCrlExpires",
                        "ScepgateDatabaseDown",
                        "ScepgateRefusals",
                        "ScepgateIntuneDown",
                        "ScepgateAuthorizationFails",
                        "ScepgateWebhookDead",
                        "ScepgateWebhookLate",
                        "ScepgateStaticChallenge");
        assertThat(rules).allSatisfy(rule -> {
            assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.get("expr").asText()).contains("namespace=\"scep\",service=\"enrolment-management\"");
        });
    }

    @Test
    void theDashboardIsJsonWithAQueryInEachPanel() throws Exception {
        String text = Chart.render(Chart.EVERYTHING)
                .one("ConfigMap", "enrolment-dashboard")
                .at("/data/scepgate.json")
                .asText();

        JsonNode panels = new ObjectMapper().readTree(text).get("panels");

        assertThat(panels)
                .hasSizeGreaterThan(8)
                .allSatisfy(panel ->
                        assertThat(panel.at("/targets/0/expr").asText()).isNotBlank());
    }

    /** As Micrometer writes a gauge, a counter or a timer for Prometheus. */
    private static Set<String> exported() throws IllegalAccessException {
        Set<String> names = new TreeSet<>();
        for (Field constant : MetricNames.class.getFields()) {
            String name = ((String) constant.get(null)).replace('.', '_');
            names.addAll(List.of(name, name + "_total", name + "_seconds", name + "_seconds_count"));
        }
        return names;
    }
}
