package org.scepgate.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What becomes of a request. */
public sealed interface Decision {

    <T> T fold(
            Function<Issue, T> issue,
            Function<Reissue, T> reissue,
            Function<Refuse, T> refuse,
            Function<Hold, T> hold,
            Function<Ask, T> ask);

    /** Sign the template and spend the challenge, if there is one: a renewal needs none. */
    record Issue(CertificateTemplate template, Optional<UUID> challengeId) implements Decision {
        @Override
        public <T> T fold(
                Function<Issue, T> issue,
                Function<Reissue, T> reissue,
                Function<Refuse, T> refuse,
                Function<Hold, T> hold,
                Function<Ask, T> ask) {
            return issue.apply(this);
        }
    }

    /** Answer with the certificate (DER) that this very request was answered with before. */
    record Reissue(byte[] certificate, Optional<UUID> challengeId) implements Decision {

        public Reissue {
            certificate = certificate.clone();
        }

        @Override
        public byte[] certificate() {
            return certificate.clone();
        }

        @Override
        public <T> T fold(
                Function<Issue, T> issue,
                Function<Reissue, T> reissue,
                Function<Refuse, T> refuse,
                Function<Hold, T> hold,
                Function<Ask, T> ask) {
            return reissue.apply(this);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Reissue that
                    && challengeId.equals(that.challengeId)
                    && Arrays.equals(certificate, that.certificate);
        }

        @Override
        public int hashCode() {
            return challengeId.hashCode();
        }
    }

    /**
     * Sign nothing and spend nothing.
     *
     * @param challengeId the challenge to count the refusal on, if one is known
     * @param alarm a spent challenge came back with another key (RFC 8894 section 7.3): somebody else has it
     */
    record Refuse(Optional<UUID> challengeId, List<Violation> violations, boolean alarm) implements Decision {

        public Refuse {
            violations = List.copyOf(violations);
        }

        /** Whether it brings the challenge nearer to its lock: what an endpoint of ours failed at does not. */
        public boolean isCounted() {
            return violations.stream().anyMatch(violation -> !violation.rule().isAboutEndpoint());
        }

        /**
         * Whether the device is told badAlg. One such violation is enough: were it badAlg only when nothing else is
         * wrong, then a guesser with a forbidden key would learn from the answer whether a challenge is right.
         */
        public boolean isAboutKeyAlgorithm() {
            return violations.stream().anyMatch(violation -> violation.rule().isAboutKeyAlgorithm());
        }

        @Override
        public <T> T fold(
                Function<Issue, T> issue,
                Function<Reissue, T> reissue,
                Function<Refuse, T> refuse,
                Function<Hold, T> hold,
                Function<Ask, T> ask) {
            return refuse.apply(this);
        }
    }

    /**
     * Let it wait for a person, or keep it waiting if it waits already.
     *
     * @param challengeId the challenge to reserve for it, if the request has one
     * @param binding what the certificate would hold
     */
    record Hold(Optional<UUID> challengeId, Binding binding) implements Decision {
        @Override
        public <T> T fold(
                Function<Issue, T> issue,
                Function<Reissue, T> reissue,
                Function<Refuse, T> refuse,
                Function<Hold, T> hold,
                Function<Ask, T> ask) {
            return hold.apply(this);
        }
    }

    /**
     * Sign the template if the authority outside says yes to this very request; nothing here speaks against it.
     *
     * @param binding what the certificate would hold
     */
    record Ask(CertificateTemplate template, Binding binding) implements Decision {
        /** It said yes. */
        public Issue granted(UUID challengeId) {
            return new Issue(template, Optional.of(challengeId));
        }

        /** It said no, for this reason. */
        public static Refuse refused(String reason) {
            return new Refuse(
                    Optional.empty(),
                    List.of(new Violation(Rule.CHALLENGE_NOT_VOUCHED, "one that its authority accepts", reason)),
                    false);
        }

        /** It would not hear that the certificate was issued. */
        public static Refuse unconfirmed(UUID challengeId, String reason) {
            return new Refuse(
                    Optional.of(challengeId),
                    List.of(new Violation(Rule.CERTIFICATE_UNCONFIRMED, "one that its authority was told of", reason)),
                    false);
        }

        @Override
        public <T> T fold(
                Function<Issue, T> issue,
                Function<Reissue, T> reissue,
                Function<Refuse, T> refuse,
                Function<Hold, T> hold,
                Function<Ask, T> ask) {
            return ask.apply(this);
        }
    }
}
