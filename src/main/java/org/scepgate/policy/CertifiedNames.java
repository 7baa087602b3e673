package org.scepgate.policy;

import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;

/** The names in a certificate of ours. */
public record CertifiedNames(DistinguishedName subject, SubjectAltNames subjectAltNames) {

    /** @throws IllegalStateException if it holds what no policy of ours lets in */
    public static CertifiedNames of(X509CertificateHolder certificate) {
        try {
            return new CertifiedNames(DistinguishedName.of(certificate.getSubject()), altNames(certificate));
        } catch (InvalidNameException | UnreadableCsrException e) {
            throw new IllegalStateException("a certificate of ours has names that cannot be read", e);
        }
    }

    private static SubjectAltNames altNames(X509CertificateHolder certificate)
            throws UnreadableCsrException, InvalidNameException {
        GeneralNames names = GeneralNames.fromExtensions(certificate.getExtensions(), Extension.subjectAlternativeName);
        if (names == null) {
            return SubjectAltNames.NONE;
        }
        RequestedSans read = RequestedSans.of(names);
        if (!read.unsupported().isEmpty()) {
            throw new InvalidNameException("", String.join("; ", read.unsupported()));
        }
        return read.supported();
    }
}
