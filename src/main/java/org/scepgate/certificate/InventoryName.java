package org.scepgate.certificate;

import java.util.Locale;

/**
 * A name to find certificates by, or all that begin alike: a range in the order in which names are stored, by bytes.
 *
 * @param from the first
 * @param to the first beyond the last
 */
record InventoryName(String from, String to, boolean isWhole) {
    // As V4__inventory_and_revocation.sql stores it.
    private static final int STORED = 202;
    private static final String BEYOND_ALL = Character.toString(Character.MAX_CODE_POINT);
    // PostgreSQL keeps no U+0000, so nothing stands between a name and the same with this.
    private static final String NEXT = "\u0001";

    /** What names are stored by, in lower case. */
    enum Kind {
        SUBJECT("s:"),
        ALT_NAME("a:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** @param text a name, or the start of one if it ends with a star */
    static InventoryName of(Kind kind, String text) {
        boolean isStart = text.endsWith("*");
        String wanted = isStart ? text.substring(0, text.length() - 1) : text;
        int[] points = (kind.prefix + wanted.toLowerCase(Locale.ROOT))
                .codePoints()
                .limit(STORED)
                .toArray();
        String stored = new String(points, 0, points.length);
        return new InventoryName(stored, stored + (isStart ? BEYOND_ALL : NEXT), !isStart);
    }
}
