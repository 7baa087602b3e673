package org.scepgate.scep;

import java.util.function.Function;

/**
 * What CertPoll carries stays sealed: the transaction and the signer say which request is meant (RFC 8894 section
 * 3.3.3), and an envelope that nobody opens tells whoever has captured it nothing.
 */
public record CertPoll() implements MessageContent {
    @Override
    public <T> T fold(
            Function<CertificationRequest, T> certificationRequest,
            Function<CertPoll, T> certPoll,
            Function<CertificateId, T> certificateId) {
        return certPoll.apply(this);
    }
}
