package org.scepgate.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.scepgate.seal.Anchor;
import org.scepgate.seal.Seal;

/** Seals as they were written down outside the database. */
final class KnownAnchors {
    private final Map<Long, Anchor> anchors = new TreeMap<>();
    private final Report report;
    private long matched;

    private KnownAnchors(Report report) {
        this.report = report;
    }

    static KnownAnchors in(List<Path> files, Report report) throws CannotVerifyException {
        KnownAnchors known = new KnownAnchors(report);
        for (Path file : files) {
            known.read(file);
        }
        return known;
    }

    private void read(Path file) throws CannotVerifyException {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            for (int i = 0; i < lines.size(); i++) {
                if (!isBegun(lines.get(i), lines.subList(i + 1, lines.size()))) {
                    add(lines.get(i), file + ", line " + (i + 1));
                }
            }
        } catch (IOException unreadable) {
            throw new CannotVerifyException("cannot read " + file);
        }
    }

    /** A disk that was full took a part of a line, and the whole of it later: nothing is missing. */
    private static boolean isBegun(String line, List<String> later) {
        return Anchor.parse(line).isEmpty()
                && line.startsWith("{")
                && later.stream().anyMatch(whole -> whole.startsWith(line));
    }

    private void add(String line, String place) {
        Anchor anchor = Anchor.parse(line).orElse(null);
        if (anchor == null) {
            report.problem(place + " is no seal");
            return;
        }
        Anchor before = anchors.putIfAbsent(anchor.number(), anchor);
        if (before != null && !before.hash().equals(anchor.hash())) {
            report.problem(place + " has another seal " + anchor.number() + " than before: it was made anew");
        }
    }

    void check(Seal seal) {
        Anchor anchor = anchors.remove(seal.number());
        if (anchor == null) {
            return;
        }
        matched++;
        if (!anchor.isOf(seal)) {
            report.problem("seal " + seal.number() + " is not the one that was written down outside: it was made anew");
        }
    }

    /** What is left is in no database. */
    void finish() {
        anchors.values()
                .forEach(anchor -> report.problem("seal " + anchor.number() + " of " + anchor.rows() + " rows ("
                        + anchor.sealedAt() + ") was written down outside, and is not in the database any more"));
        if (matched > 0) {
            report.say(matched + " seals were compared with what was written down outside.");
        }
    }
}
