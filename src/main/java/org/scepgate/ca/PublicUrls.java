package org.scepgate.ca;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * Where a certificate says that more is to be found; each of them is the issuing key's for good.
 *
 * @param crl in cRLDistributionPoints (RFC 5280 section 4.2.1.13)
 * @param caCertificate caIssuers in authorityInfoAccess (section 4.2.2.1)
 * @param ocsp likewise ocsp
 */
public record PublicUrls(Optional<String> crl, Optional<String> caCertificate, Optional<String> ocsp) {
    public static final PublicUrls NONE = new PublicUrls(Optional.empty(), Optional.empty(), Optional.empty());

    Optional<CRLDistPoint> distributionPoints() {
        return crl.map(url -> new CRLDistPoint(new DistributionPoint[] {
            new DistributionPoint(new DistributionPointName(new GeneralNames(name(url))), null, null)
        }));
    }

    Optional<AuthorityInformationAccess> authorityAccess() {
        ASN1EncodableVector access = new ASN1EncodableVector();
        ocsp.ifPresent(url -> access.add(new AccessDescription(AccessDescription.id_ad_ocsp, name(url))));
        caCertificate.ifPresent(url -> access.add(new AccessDescription(AccessDescription.id_ad_caIssuers, name(url))));
        return access.size() == 0
                ? Optional.empty()
                : Optional.of(AuthorityInformationAccess.getInstance(new DERSequence(access)));
    }

    private static GeneralName name(String url) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, url);
    }
}
