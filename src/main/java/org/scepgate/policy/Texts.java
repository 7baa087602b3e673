package org.scepgate.policy;

/** Short, printable renderings of text that strangers wrote, for an operator's JSON and log lines. */
public final class Texts {

    static final int LONGEST = 200;

    private Texts() {}

    /** At most {@link #LONGEST} characters; what cannot be seen is spelled out, so that no text forges a log line. */
    public static String shortened(String text) {
        if (text.length() < LONGEST && isAscii(text)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        int at = 0;
        while (at < text.length() && shown.length() < LONGEST - 1) {
            int codePoint = text.codePointAt(at);
            shown.append(isVisible(codePoint) ? Character.toString(codePoint) : "\\u{%x}".formatted(codePoint));
            at += Character.charCount(codePoint);
        }
        if (at == text.length() && shown.length() <= LONGEST) {
            return shown.toString();
        }
        int end = Math.min(shown.length(), LONGEST - 1);
        return shown.substring(0, Character.isHighSurrogate(shown.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    static String quoted(String text) {
        return "\"" + shortened(String.valueOf(text)) + "\"";
    }

    /** Not a control, a formatting mark (bidirectional overrides, zero-width characters) or a line separator. */
    static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** Printable ASCII, as nearly all names are: every enrolment asks this often. */
    static boolean isAscii(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) < 0x20 || text.charAt(at) > 0x7E) {
                return false;
            }
        }
        return true;
    }

    /** Controls, half surrogate pairs and U+FFFD stand for damage; RFC 4518 section 2.4 prohibits most of them. */
    static boolean isSound(String text) {
        return isAscii(text) || text.codePoints().noneMatch(Texts::isDamage);
    }

    private static boolean isDamage(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.SURROGATE
                || codePoint == 0xFFFD
                || (codePoint & 0xFFFE) == 0xFFFE
                || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
    }
}
