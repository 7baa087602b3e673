package org.scepgate.certificate;

import java.io.Serializable;
import java.util.Arrays;

/** Identity of a certificate: its CA and its serial number, unsigned and big-endian. */
record CertificateKey(String ca, byte[] serial) implements Serializable {

    @Override
    public boolean equals(Object other) {
        return other instanceof CertificateKey that && ca.equals(that.ca) && Arrays.equals(serial, that.serial);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(serial);
    }
}
