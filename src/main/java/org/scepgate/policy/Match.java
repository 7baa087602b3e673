package org.scepgate.policy;

import java.util.Locale;

/** How much of the bound names the device must ask for itself. */
public enum Match {
    /** The request has exactly the bound names. */
    EXACT,
    /** The request may leave bound names out, which are then added; it never adds any. */
    SUBSET,
    /** The request chooses its names within patterns. */
    PATTERN;

    /** {@code exact}, {@code subset} or {@code pattern}. */
    public static Match parse(String text) {
        for (Match match : values()) {
            if (match.text().equals(text)) {
                return match;
            }
        }
        throw new IllegalArgumentException("must be exact, subset or pattern");
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
