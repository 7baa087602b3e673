package org.scepgate.interop;

import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;

/** Where a certificate leads. */
record PublicUrl(String crl, String caCertificate, String ocsp) {

    static PublicUrl of(X509CertificateHolder certificate) {
        CRLDistPoint points = CRLDistPoint.getInstance(
                certificate.getExtension(Extension.cRLDistributionPoints).getParsedValue());
        GeneralNames names = GeneralNames.getInstance(
                points.getDistributionPoints()[0].getDistributionPoint().getName());
        return new PublicUrl(
                names.getNames()[0].getName().toString(),
                access(certificate, AccessDescription.id_ad_caIssuers),
                access(certificate, AccessDescription.id_ad_ocsp));
    }

    private static String access(X509CertificateHolder certificate, ASN1ObjectIdentifier method) {
        return Arrays.stream(AuthorityInformationAccess.fromExtensions(certificate.getExtensions())
                        .getAccessDescriptions())
                .filter(access -> access.getAccessMethod().equals(method))
                .map(access -> access.getAccessLocation().getName().toString())
                .findFirst()
                .orElse("");
    }
}
