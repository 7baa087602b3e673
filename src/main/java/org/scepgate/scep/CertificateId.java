package org.scepgate.scep;

import java.math.BigInteger;
import java.util.function.Function;
import org.bouncycastle.asn1.x500.X500Name;

/** What GetCert and GetCRL carry: CMS' IssuerAndSerialNumber (RFC 8894 section 3.3.4). */
public record CertificateId(X500Name issuer, BigInteger serialNumber) implements MessageContent {
    @Override
    public <T> T fold(
            Function<CertificationRequest, T> certificationRequest,
            Function<CertPoll, T> certPoll,
            Function<CertificateId, T> certificateId) {
        return certificateId.apply(this);
    }
}
