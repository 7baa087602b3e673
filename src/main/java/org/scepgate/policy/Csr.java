package org.scepgate.policy;

import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** What a certification request asks for, without its signature, its challenge and its other attributes. */
public record Csr(
        DistinguishedName subject,
        SubjectAltNames subjectAltNames,
        List<String> unsupportedSans,
        SubjectPublicKeyInfo publicKey,
        RequestedKey key,
        String spkiSha256,
        String requestSha256,
        boolean asksForCa) {

    public Csr {
        unsupportedSans = List.copyOf(unsupportedSans);
    }

    public static Csr of(PKCS10CertificationRequest request) throws UnreadableCsrException {
        throw new UnsupportedOperationException();
    }
}
