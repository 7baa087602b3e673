package org.scepgate.enrollment;

import java.io.IOException;
import org.bouncycastle.cert.X509CertificateHolder;

/** Reads certificates that this service has signed and stored. */
final class CertificateBytes {
    private CertificateBytes() {}

    static X509CertificateHolder read(byte[] der) {
        try {
            return new X509CertificateHolder(der);
        } catch (IOException e) {
            throw new IllegalStateException("a stored certificate cannot be read", e);
        }
    }
}
