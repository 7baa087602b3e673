package org.scepgate.scep;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;

/** A degenerate SignedData as a device gets it (RFC 8894 section 3.4): certificates and CRLs, signed by nobody. */
public record ReceivedBundle(List<X509CertificateHolder> certificates, List<X509CRLHolder> crls) {
    public ReceivedBundle {
        certificates = List.copyOf(certificates);
        crls = List.copyOf(crls);
    }

    public static ReceivedBundle read(byte[] encoded) throws UntrustedReplyException {
        CertRepDecoder.requireBounded(encoded);
        try {
            return EncodingRules.BUNDLE.read(encoded, ReceivedBundle::of);
        } catch (UnreadableException e) {
            throw new UntrustedReplyException("The certificates are not in a degenerate SignedData", e);
        }
    }

    /** One certificate in DER, as GetCACert gives a CA alone (RFC 8894 section 4.2.1.1). */
    public static X509CertificateHolder readCertificate(byte[] encoded) throws UntrustedReplyException {
        CertRepDecoder.requireBounded(encoded);
        try {
            return EncodingRules.BUNDLE.read(
                    encoded, parsed -> new X509CertificateHolder(Certificate.getInstance(parsed)));
        } catch (UnreadableException e) {
            throw new UntrustedReplyException("This is not a certificate", e);
        }
    }

    private static ReceivedBundle of(ASN1Primitive parsed) {
        ContentInfo info = ContentInfo.getInstance(parsed);
        if (!info.getContentType().equals(CMSObjectIdentifiers.signedData)) {
            throw new IllegalArgumentException("not SignedData");
        }
        SignedData data = SignedData.getInstance(info.getContent());
        return new ReceivedBundle(
                elements(data.getCertificates())
                        .map(certificate -> new X509CertificateHolder(Certificate.getInstance(certificate)))
                        .toList(),
                elements(data.getCRLs())
                        .map(crl -> new X509CRLHolder(CertificateList.getInstance(crl)))
                        .toList());
    }

    private static Stream<ASN1Encodable> elements(ASN1Set set) {
        return Optional.ofNullable(set).stream().flatMap(present -> StreamSupport.stream(present.spliterator(), false));
    }
}
