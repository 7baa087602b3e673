package org.scepgate.dev;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.ca.Pkcs11Tokens;
import org.scepgate.enrollment.CaKeySettings;
import org.scepgate.enrollment.EndpointConfig.CaConfig;

/** A CA certificate in the two hashes that device profiles ask for: Windows still wants SHA-1. */
record CaFingerprints(String subject, String sha256, String sha1) {
    static CaFingerprints of(CaConfig ca) {
        try {
            X509CertificateHolder certificate = new CaKeySettings("", ca)
                    .authority()
                    .load(new Pkcs11Tokens())
                    .certificate();
            return new CaFingerprints(
                    certificate.getSubject().toString(),
                    hash("SHA-256", certificate.getEncoded()),
                    hash("SHA-1", certificate.getEncoded()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the CA's certificate was readable at start", e);
        }
    }

    private static String hash(String algorithm, byte[] certificate) throws GeneralSecurityException {
        return HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(MessageDigest.getInstance(algorithm).digest(certificate));
    }
}
