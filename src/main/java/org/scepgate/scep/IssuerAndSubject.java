package org.scepgate.scep;

import java.util.function.Function;
import org.bouncycastle.asn1.x500.X500Name;

/** What CertPoll carries: the CA's name and the name that was asked for (RFC 8894 section 3.3.3). */
public record IssuerAndSubject(X500Name issuer, X500Name subject) implements MessageContent {
    @Override
    public <T> T fold(
            Function<CertificationRequest, T> certificationRequest,
            Function<IssuerAndSubject, T> issuerAndSubject,
            Function<CertificateId, T> certificateId) {
        return issuerAndSubject.apply(this);
    }
}
