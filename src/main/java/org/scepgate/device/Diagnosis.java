package org.scepgate.device;

import java.util.ArrayList;
import java.util.List;
import org.scepgate.device.Finding.Level;

/** What the doctor has found so far, in order. */
final class Diagnosis {
    private final List<Finding> findings = new ArrayList<>();

    void ok(String about, String text) {
        findings.add(new Finding(Level.OK, about, text));
    }

    void note(String about, String text) {
        findings.add(new Finding(Level.NOTE, about, text));
    }

    void problem(String about, String text) {
        findings.add(new Finding(Level.PROBLEM, about, text));
    }

    /** Found as it should be, or else a problem. */
    void require(boolean good, String about, String ok, String problem) {
        findings.add(new Finding(good ? Level.OK : Level.PROBLEM, about, good ? ok : problem));
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    long count(Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }
}
