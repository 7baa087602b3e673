package org.scepgate.scep;

import java.util.Arrays;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;

/** Subject key identifiers, by which CMS may name a certificate. */
final class SubjectKeyIds {
    private SubjectKeyIds() {}

    /** By the extension, or without one by RFC 5280's usual method: SHA-1 of the public key's bits. */
    static boolean matches(X509CertificateHolder certificate, byte[] wanted) {
        Extension extension = certificate.getExtension(Extension.subjectKeyIdentifier);
        byte[] identifier = extension == null
                ? DigestAlgorithm.SHA_1.hash(
                        certificate.getSubjectPublicKeyInfo().getPublicKeyData().getBytes())
                : ASN1OctetString.getInstance(extension.getParsedValue()).getOctets();
        return Arrays.equals(identifier, wanted);
    }
}
