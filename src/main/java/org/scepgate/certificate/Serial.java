package org.scepgate.certificate;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Serial numbers as people write them: hex in any case, with colons or without. */
final class Serial {
    // RFC 5280 section 4.1.2.2: at most 20 bytes.
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{1,40}");

    private Serial() {}

    /** As the inventory writes it: whole bytes in lower-case hex, without leading zeros. */
    static Optional<String> parse(String text) {
        String digits = text.replace(":", "").toLowerCase(Locale.ROOT);
        if (!HEX.matcher(digits).matches()) {
            return Optional.empty();
        }
        String number = digits.replaceFirst("^0+(?=.)", "");
        return Optional.of(number.length() % 2 == 0 ? number : "0" + number);
    }
}
