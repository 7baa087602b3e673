package org.scepgate.certificate;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.style.RFC4519Style;
import org.bouncycastle.cert.X509CertificateHolder;

/** The rows of {@code certificate}. */
@Singleton
public class CertificateStore {

    /** Adds a certificate in the caller's transaction; fails if its challenge has one already. */
    public Uni<Void> add(IssuedCertificate issued) {
        return row(issued).persistAndFlush().replaceWithVoid();
    }

    private static CertificateEntity row(IssuedCertificate issued) {
        X509CertificateHolder certificate = issued.certificate();
        CertificateEntity row = new CertificateEntity();
        row.ca = issued.ca();
        row.serial = HexFormat.of().parseHex(issued.serial());
        row.profile = issued.profile();
        row.challengeId = issued.challengeId();
        row.subject = RFC4519Style.INSTANCE.toString(certificate.getSubject());
        row.spkiSha256 = issued.spkiSha256();
        row.requestSha256 = issued.requestSha256();
        row.notBefore = certificate.getNotBefore().toInstant();
        row.notAfter = certificate.getNotAfter().toInstant();
        row.der = encoded(certificate);
        row.issuedAt = issued.issuedAt();
        return row;
    }

    private static byte[] encoded(X509CertificateHolder certificate) {
        try {
            return certificate.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a certificate that was signed cannot be written", e);
        }
    }
}
