package org.scepgate.mdm.intune;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import org.scepgate.platform.SerialNumbers;

/** Serial numbers as they are told to Intune, and as they come back. */
final class Serials {
    private static final int LONGEST_HEX = 40;

    private Serials() {}

    /** Upper-case hex with whole octets, as .NET writes it. */
    static String text(BigInteger serial) {
        return SerialNumbers.hex(serial).toUpperCase(Locale.ROOT);
    }

    /**
     * Lower-case hex with whole octets. What was told comes back, perhaps in another case or with separators; digits
     * alone that are too many for 20 octets of hex are decimal, because no document says which of the two it is.
     */
    static Optional<String> parse(String text) {
        String digits =
                text.replaceAll("[\\s:-]", "").replaceFirst("(?i)^0x", "").toLowerCase(Locale.ROOT);
        if (digits.length() > LONGEST_HEX && digits.matches("[0-9]{1,50}")) {
            return Optional.of(new BigInteger(digits)).filter(Serials::fits).map(SerialNumbers::hex);
        }
        return digits.matches("[0-9a-f]{1,42}")
                ? Optional.of(new BigInteger(digits, 16)).filter(Serials::fits).map(SerialNumbers::hex)
                : Optional.empty();
    }

    // RFC 5280 section 4.1.2.2.
    private static boolean fits(BigInteger serial) {
        return serial.signum() > 0 && serial.bitLength() <= 160;
    }
}
