package org.scepgate.scep;

import java.util.function.Function;

/** The messageData; which one it is follows from the message type (RFC 8894 section 3.3). */
public sealed interface MessageContent permits CertificationRequest, CertPoll, CertificateId {
    <T> T fold(
            Function<CertificationRequest, T> certificationRequest,
            Function<CertPoll, T> certPoll,
            Function<CertificateId, T> certificateId);
}
