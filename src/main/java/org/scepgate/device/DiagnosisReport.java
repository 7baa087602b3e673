package org.scepgate.device;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.scepgate.device.Finding.Level;

/** A diagnosis for people, or for machines. */
final class DiagnosisReport {
    private final Diagnosis diagnosis;

    DiagnosisReport(Diagnosis diagnosis) {
        this.diagnosis = diagnosis;
    }

    void print(Console console) {
        String about = "";
        for (Finding finding : diagnosis.findings()) {
            if (!finding.about().equals(about)) {
                about = finding.about();
                console.say(about);
            }
            console.say("  " + mark(finding.level()) + " " + finding.text());
        }
        console.say(diagnosis.count(Level.PROBLEM) + " problems, " + diagnosis.count(Level.NOTE) + " notes");
    }

    void printJson(Console console) {
        ObjectNode report = new ObjectMapper().createObjectNode();
        report.put("problems", diagnosis.count(Level.PROBLEM));
        ArrayNode findings = report.putArray("findings");
        diagnosis
                .findings()
                .forEach(finding -> findings.addObject()
                        .put("level", finding.level().name().toLowerCase(Locale.ROOT))
                        .put("about", finding.about())
                        .put("text", finding.text()));
        console.say(report.toString());
    }

    private static String mark(Level level) {
        return switch (level) {
            case OK -> "ok     ";
            case NOTE -> "note   ";
            case PROBLEM -> "PROBLEM";
        };
    }
}
