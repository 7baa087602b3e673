package org.scepgate.platform;

import java.util.Locale;
import java.util.regex.Pattern;

/** An address as old clients send it, with characters that RFC 3986 wants percent-encoded. */
final class RawAddress {
    private static final Pattern LONE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final String ALLOWED = "-._~:/?@!$&'()*+,;=%";

    private RawAddress() {}

    /** The same address with those encoded and everything else as it was. */
    static String encode(String address) {
        String text = LONE_PERCENT.matcher(address).replaceAll("%25");
        StringBuilder encoded = new StringBuilder(text.length());
        for (char character : text.toCharArray()) {
            if (isAllowed(character)) {
                encoded.append(character);
            } else {
                // Vert.x reads the line as Latin-1, a byte a character.
                encoded.append('%').append(String.format(Locale.ROOT, "%02X", character & 0xFF));
            }
        }
        return encoded.toString();
    }

    private static boolean isAllowed(char character) {
        return character < 0x80 && Character.isLetterOrDigit(character) || ALLOWED.indexOf(character) >= 0;
    }
}
