package org.scepgate.payload;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.cert.X509CertificateHolder;

/** SHA-1 over a whole certificate: Apple tells hashes by their length and knows MD5 besides, Windows knows no other. */
final class Fingerprint {
    private Fingerprint() {}

    static byte[] of(X509CertificateHolder certificate) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(der(certificate));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    static byte[] der(X509CertificateHolder certificate) {
        try {
            return certificate.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("what was read cannot be written", e);
        }
    }
}
