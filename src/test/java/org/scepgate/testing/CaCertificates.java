package org.scepgate.testing;

import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;

/** What GetCACert gave: the CA's certificates and perhaps the one of its registration authority. */
public record CaCertificates(List<X509CertificateHolder> all) {

    /** Reads a degenerate SignedData, insisting on the form of RFC 8894, 3.4. */
    public static CaCertificates ofBundle(byte[] body) throws IOException {
        ContentInfo info = ContentInfo.getInstance(ASN1Primitive.fromByteArray(body));
        SignedData data = SignedData.getInstance(info.getContent());
        boolean degenerate = info.getContentType().equals(CMSObjectIdentifiers.signedData)
                && data.getEncapContentInfo().getContent() == null
                && data.getSignerInfos().size() == 0;
        if (!degenerate) {
            throw new IOException("not a degenerate SignedData");
        }
        return new CaCertificates(certificatesOf(data));
    }

    static List<X509CertificateHolder> certificatesOf(SignedData data) {
        if (data.getCertificates() == null) {
            return List.of();
        }
        return StreamSupport.stream(data.getCertificates().spliterator(), false)
                .map(Certificate::getInstance)
                .map(X509CertificateHolder::new)
                .toList();
    }

    /** The certificate requests are encrypted to: the first that may encipher keys and is no CA, or the only one. */
    public X509CertificateHolder recipient() {
        return all.stream()
                .filter(certificate -> !isAuthority(certificate) && mayEncipherKeys(certificate))
                .findFirst()
                .orElseGet(this::authority);
    }

    /** The issuing CA's certificate. */
    public X509CertificateHolder authority() {
        return all.stream()
                .filter(CaCertificates::isAuthority)
                .findFirst()
                .orElseThrow(() -> new AssertionError("GetCACert gave no CA certificate"));
    }

    private static boolean isAuthority(X509CertificateHolder certificate) {
        BasicConstraints constraints = BasicConstraints.fromExtensions(certificate.getExtensions());
        return constraints != null && constraints.isCA();
    }

    private static boolean mayEncipherKeys(X509CertificateHolder certificate) {
        KeyUsage usage = KeyUsage.fromExtensions(certificate.getExtensions());
        return usage == null || usage.hasUsages(KeyUsage.keyEncipherment);
    }
}
