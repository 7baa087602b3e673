package org.scepgate.scep;

import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.cert.X509CertificateHolder;

/** Finds the certificate that a SignerIdentifier means; never "the first" (RFC 8894 section 2.3). */
final class SignerCertificates {
    private SignerCertificates() {}

    /** @throws IllegalArgumentException if none is meant, or if it is not clear which */
    static X509CertificateHolder require(ASN1Set certificates, SignerIdentifier identifier) {
        List<X509CertificateHolder> meant = StreamSupport.stream(certificates.spliterator(), false)
                .filter(ASN1Sequence.class::isInstance)
                .map(ASN1Sequence.class::cast)
                .filter(certificate -> isMeant(certificate, identifier))
                .map(certificate -> new X509CertificateHolder(Certificate.getInstance(certificate)))
                .distinct()
                .toList();
        if (meant.size() != 1) {
            throw new IllegalArgumentException(meant.size() + " certificates for the signer");
        }
        return meant.get(0);
    }

    private static boolean isMeant(ASN1Sequence certificate, SignerIdentifier identifier) {
        if (identifier.isTagged()) {
            byte[] wanted = ASN1OctetString.getInstance(identifier.getId()).getOctets();
            return SubjectKeyIds.matches(new X509CertificateHolder(Certificate.getInstance(certificate)), wanted);
        }
        return isMeant(certificate, IssuerAndSerialNumber.getInstance(identifier.getId()));
    }

    // Only issuer and serial are looked at: a certificate that nobody points to may be as broken as it likes. Names
    // are compared by their bytes, since a loose comparison costs the square of a length that a stranger chooses.
    private static boolean isMeant(ASN1Sequence certificate, IssuerAndSerialNumber identifier) {
        ASN1Sequence toBeSigned = ASN1Sequence.getInstance(certificate.getObjectAt(0));
        int serial = toBeSigned.getObjectAt(0) instanceof ASN1TaggedObject ? 1 : 0;
        return ASN1Integer.getInstance(toBeSigned.getObjectAt(serial)).equals(identifier.getSerialNumber())
                && Arrays.equals(Der.of(toBeSigned.getObjectAt(serial + 2)), Der.of(identifier.getName()));
    }
}
