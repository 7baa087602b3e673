package org.scepgate.scep;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
                ? sha1(certificate.getSubjectPublicKeyInfo().getPublicKeyData().getBytes())
                : ASN1OctetString.getInstance(extension.getParsedValue()).getOctets();
        return Arrays.equals(identifier, wanted);
    }

    private static byte[] sha1(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
