package org.scepgate.authorization;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.scepgate.policy.CertificateTemplate;

/**
 * May this certificate be issued?
 *
 * @param granted what the policy would have signed
 */
public record AuthorizationQuestion(Kind kind, Request request, CertificateTemplate granted, Background background) {

    /** What the certificate would be. */
    public enum Kind {
        ENROLMENT,
        RENEWAL,
        /** That of a request which waited for a person, who approved it. */
        APPROVED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a device sent.
     *
     * @param transactionId without a challenge in it
     * @param csr the CertificationRequestInfo (DER), without the challenge and without the signature, which covers it
     */
    public record Request(
            String profile, String transactionId, String sourceAddress, byte[] csr, String publicKeySha256) {
        public Request {
            csr = csr.clone();
        }

        @Override
        public byte[] csr() {
            return csr.clone();
        }
    }

    /**
     * What the request goes back to.
     *
     * @param challengeId of a renewal that brings none, that of the certificate which it renews
     * @param client who made the challenge
     * @param renews the serial number of the certificate that is renewed, in hex
     * @param approvedBy the operator
     */
    public record Background(
            Optional<UUID> challengeId,
            Optional<String> deviceId,
            Optional<String> client,
            Optional<String> renews,
            Optional<UUID> requestId,
            Optional<String> approvedBy) {}
}
