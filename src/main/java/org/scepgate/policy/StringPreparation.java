package org.scepgate.policy;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;

/**
 * Brings text into the form in which RFC 5280 section 7.1 compares it: RFC 4518 with case folding.
 *
 * <p>Compatibility forms fold together, so a full-width "Ａ" passes for "A". That lets no look-alike into a
 * certificate: names in it are always the binding's, never the request's.
 */
final class StringPreparation {

    private StringPreparation() {}

    static String prepare(String text) {
        if (Texts.isAscii(text)) {
            // To which all but case and spaces does nothing.
            return withoutInsignificantSpaces(text.toLowerCase(Locale.ROOT));
        }
        String mapped = Normalizer.normalize(mapped(text), Form.NFKC);
        // Upper case first, because it alone maps the sharp s to "ss" as RFC 3454 table B.2 does.
        String folded = mapped.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return withoutInsignificantSpaces(Normalizer.normalize(folded, Form.NFKC));
    }

    /** RFC 4518 section 2.2. */
    private static String mapped(String text) {
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints().filter(c -> !isMappedToNothing(c)).forEach(c -> mapped.appendCodePoint(isSpace(c) ? ' ' : c));
        return mapped.toString();
    }

    private static boolean isMappedToNothing(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL -> !isSpace(codePoint);
            case Character.FORMAT -> true;
            default -> isVariationOrFiller(codePoint);
        };
    }

    private static boolean isVariationOrFiller(int codePoint) {
        return codePoint == 0x034F
                || codePoint == 0x1806
                || codePoint == 0xFFFC
                || (codePoint >= 0x180B && codePoint <= 0x180E)
                || (codePoint >= 0xFE00 && codePoint <= 0xFE0F);
    }

    private static boolean isSpace(int codePoint) {
        return (codePoint >= 0x09 && codePoint <= 0x0D) || codePoint == 0x85 || Character.isSpaceChar(codePoint);
    }

    /** RFC 4518 section 2.6.1, but for the outer spaces, which are dropped on both sides alike. */
    private static String withoutInsignificantSpaces(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean insignificant = c == ' ' && (kept.isEmpty() || kept.charAt(kept.length() - 1) == ' ');
            if (!insignificant) {
                kept.append(c);
            }
        }
        int length = kept.length();
        return length > 0 && kept.charAt(length - 1) == ' ' ? kept.substring(0, length - 1) : kept.toString();
    }
}
