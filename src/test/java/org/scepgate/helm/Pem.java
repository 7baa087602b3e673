package org.scepgate.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Base64;
import org.bouncycastle.cert.X509CertificateHolder;

/** Keys and certificates as Secrets of type {@code kubernetes.io/tls} hold them (RFC 7468). */
final class Pem {
    private static final int LINE = 64;

    private Pem() {}

    static byte[] of(X509CertificateHolder certificate) {
        try {
            return of("CERTIFICATE", certificate.getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PKCS#8. */
    static byte[] of(Key key) {
        return of("PRIVATE KEY", key.getEncoded());
    }

    static byte[] of(String type, byte[] der) {
        String base64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        return ("-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
