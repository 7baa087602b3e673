package org.scepgate.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the alerts and the dashboard of the chart ask Prometheus for. */
final class Monitoring {
    private static final Pattern METRIC = Pattern.compile("\\b(scepgate|http_server|jvm)_[a-z0-9_]+");

    /** What is not there before the first of its events, or without its setting; {@link MonitoringTest} knows their names. */
    static final Set<String> COUNTED_WHEN_IT_HAPPENS = Set.of(
            "scepgate_alarms_total",
            "scepgate_audit_anchor_failures_total",
            "scepgate_authorizations_seconds_count",
            "scepgate_intune_breaker",
            "scepgate_ocsp_answers_total",
            "scepgate_revocations_total",
            "scepgate_certificates_expiring",
            "scepgate_static_challenge_not_after_seconds",
            "scepgate_webhook_dead",
            "scepgate_webhook_oldest_seconds");

    private Monitoring() {}

    static Set<String> metrics() {
        return expressions()
                .flatMap(expression -> METRIC.matcher(expression).results())
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Stream<String> expressions() {
        JsonNode rules = Chart.render(Chart.EVERYTHING).one("PrometheusRule");
        JsonNode dashboard = Chart.read(Chart.FOLDER.resolve("dashboards/scepgate.json"));
        return Stream.of(rules, dashboard).flatMap(source -> source.findValuesAsText("expr").stream());
    }
}
