package org.scepgate.platform;

import java.math.BigInteger;

/** Serial numbers of certificates as text. */
public final class SerialNumbers {
    private SerialNumbers() {}

    /** Lower-case hex in whole octets: as openssl prints it, but for the case. */
    public static String hex(BigInteger serial) {
        String hex = serial.toString(16);
        return hex.length() % 2 == 0 ? hex : "0" + hex;
    }
}
