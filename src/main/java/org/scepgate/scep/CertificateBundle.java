package org.scepgate.scep;

import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/** A degenerate, certificates-only SignedData (RFC 8894 section 3.4). */
public final class CertificateBundle {
    private CertificateBundle() {}

    /** DER; the certificates stand in the order given, because Apple takes the first for the issued one. */
    public static byte[] of(List<X509CertificateHolder> certificates) {
        throw new UnsupportedOperationException();
    }
}
