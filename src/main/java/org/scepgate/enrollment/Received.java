package org.scepgate.enrollment;

import java.util.Optional;
import java.util.function.Function;
import org.scepgate.policy.Decision;
import org.scepgate.policy.EnrollmentRequest;
import org.scepgate.policy.Violation;
import org.scepgate.scep.FailInfo;
import org.scepgate.scep.ReplyAddress;

/** What a pkiMessage turned out to be, once it was read. */
sealed interface Received {
    ReplyAddress replyTo();

    /** The messageType in words, for metrics and the audit log. */
    String messageType();

    <T> T fold(Function<Enrolment, T> enrolment, Function<Rejected, T> rejected);

    /** A PKCSReq to be decided on. */
    record Enrolment(
            ReplyAddress replyTo, String messageType, EnrollmentRequest request, Optional<String> challengePassword)
            implements Received {
        private static final String HIDDEN = "***";

        @Override
        public <T> T fold(Function<Enrolment, T> enrolment, Function<Rejected, T> rejected) {
            return enrolment.apply(this);
        }

        /** The refusal as it may be recorded: a device that puts its challenge into a name too must not spread it. */
        Decision.Refuse withoutChallenge(Decision.Refuse refuse) {
            return challengePassword
                    .filter(challenge -> !challenge.isEmpty())
                    .map(challenge -> new Decision.Refuse(
                            refuse.challengeId(),
                            refuse.violations().stream()
                                    .map(violation -> without(challenge, violation))
                                    .toList(),
                            refuse.alarm()))
                    .orElse(refuse);
        }

        private static Violation without(String challenge, Violation violation) {
            return new Violation(
                    violation.rule(), violation.expected(), violation.actual().replace(challenge, HIDDEN));
        }

        /** Leaves the challenge out. */
        @Override
        public String toString() {
            return "Enrolment[" + replyTo.transactionId() + "]";
        }
    }

    /**
     * A message that nobody needs to decide on.
     *
     * @param reason a stable token for the operator
     */
    record Rejected(ReplyAddress replyTo, String messageType, FailInfo failInfo, String reason) implements Received {
        @Override
        public <T> T fold(Function<Enrolment, T> enrolment, Function<Rejected, T> rejected) {
            return rejected.apply(this);
        }
    }
}
