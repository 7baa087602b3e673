package org.scepgate.scep;

import java.util.function.Function;

/** The decrypted messageData; which one it is follows from the message type (RFC 8894 section 3.3). */
public sealed interface MessageContent permits CertificationRequest, IssuerAndSubject, CertificateId {
    <T> T fold(
            Function<CertificationRequest, T> certificationRequest,
            Function<IssuerAndSubject, T> issuerAndSubject,
            Function<CertificateId, T> certificateId);
}
