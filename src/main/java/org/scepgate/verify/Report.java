package org.scepgate.verify;

import java.io.PrintWriter;

/** What was found, a line each; very many problems are counted and no longer shown. */
final class Report {
    private static final int SHOWN = 200;

    private final PrintWriter out;
    private long problems;

    Report(PrintWriter out) {
        this.out = out;
    }

    void problem(String text) {
        problems++;
        if (problems <= SHOWN) {
            out.println("PROBLEM: " + clean(text));
        }
    }

    void say(String text) {
        out.println(clean(text));
    }

    long problems() {
        return problems;
    }

    void finish() {
        if (problems > SHOWN) {
            out.println("... and " + (problems - SHOWN) + " problems more");
        }
        out.println(
                problems == 0 ? "The audit log is whole." : "The audit log is not whole: " + problems + " problems.");
        out.flush();
    }

    /** Rows hold words of strangers, and control characters could steer a terminal. */
    static String clean(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}]", ".");
    }
}
