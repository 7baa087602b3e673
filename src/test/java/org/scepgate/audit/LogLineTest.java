package org.scepgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {

    @Test
    void hasTheFieldsInOrderAndLeavesOutWhatIsUnknown() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("profile", "demo");
        details.put("deviceId", null);
        details.put("attempts", 3);

        String line = LogLine.of(event("mdm", null, details)).text();

        assertThat(line).isEqualTo("action=test.done outcome=success actor=mdm object=thing/1 profile=demo attempts=3");
    }

    @Test
    void quotesWhatIsNotOneWord() {
        String line = LogLine.of(event("a \"b\" \\ c=d", null, Map.of())).text();

        assertThat(line).contains("actor=\"a \\\"b\\\" \\\\ c=d\" object=");
    }

    @Test
    void doesNotLetADetailPoseAsAnotherField() {
        String line = LogLine.of(event("mdm", null, Map.of("actor", "admin", "x outcome=refused", "y")))
                .text();

        assertThat(line).contains("actor=mdm").doesNotContain("actor=admin").contains("\"x outcome=refused\"=y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r",
                "\n",
                "\u001b[2J",
                "\u0000",
                "\u0085",
                "\u2028",
                "\u2029",
                "\u202e",
                "\u200b",
                "\ud800",
                "\t"
            })
    void showsWhatCannotBeSeenAsItsNumber(String evil) {
        String line =
                LogLine.of(event("mdm", "before" + evil + "after", Map.of())).text();

        assertThat(line).doesNotContain(evil).contains("\\u{%04x}".formatted((int) evil.charAt(0)));
        assertThat(line.lines()).hasSize(1);
    }

    @Test
    void cutsWhatIsTooLong() {
        String line = LogLine.of(event("mdm", "x".repeat(100_000), Map.of())).text();

        assertThat(line).hasSizeLessThan(1200);
    }

    private static AuditEvent event(String actor, String reason, Map<String, Object> details) {
        return new AuditEvent(Instant.EPOCH, actor, null, "test.done", "thing/1", "success", reason, details);
    }
}
