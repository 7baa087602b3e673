package org.scepgate.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.cert.X509CertificateHolder;

/** Fingerprints of certificates, by which people compare them (RFC 8894 section 2.2). */
final class Fingerprint {
    private Fingerprint() {}

    static String sha256(X509CertificateHolder certificate) {
        return of(certificate, "SHA-256");
    }

    /** For old devices, and for Windows' CAThumbprint. */
    static String sha1(X509CertificateHolder certificate) {
        return of(certificate, "SHA-1");
    }

    /** As {@link #sha256} writes it, whatever separators and case people use. */
    static String normal(String text) {
        return text.replaceAll("[:\\s-]", "").toLowerCase(Locale.ROOT);
    }

    private static String of(X509CertificateHolder certificate, String digest) {
        try {
            byte[] hash = MessageDigest.getInstance(digest).digest(certificate.getEncoded());
            return HexFormat.of().formatHex(hash);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no " + digest, e);
        }
    }
}
