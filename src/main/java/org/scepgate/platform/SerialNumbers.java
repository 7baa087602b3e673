package org.scepgate.platform;

import java.math.BigInteger;
import java.util.HexFormat;

/** Serial numbers of certificates as text. */
public final class SerialNumbers {
    private SerialNumbers() {}

    /** Lower-case hex in whole octets: as openssl prints it, but for the case. */
    public static String hex(BigInteger serial) {
        if (serial.signum() < 0) {
            return "-" + hex(serial.negate());
        }
        byte[] octets = serial.toByteArray();
        // What would only say that it is no negative number.
        int first = octets.length > 1 && octets[0] == 0 ? 1 : 0;
        return HexFormat.of().formatHex(octets, first, octets.length);
    }
}
