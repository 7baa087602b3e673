package org.scepgate.approval;

import java.time.Instant;
import java.util.Arrays;

/**
 * The certificate that an approved request was answered with.
 *
 * @param serial lower-case hex
 */
public record HeldCertificate(String serial, byte[] der, Instant notAfter, boolean revoked) {

    public HeldCertificate {
        der = der.clone();
    }

    @Override
    public byte[] der() {
        return der.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeldCertificate that && Arrays.equals(der, that.der) && revoked == that.revoked;
    }

    @Override
    public int hashCode() {
        return serial.hashCode();
    }
}
