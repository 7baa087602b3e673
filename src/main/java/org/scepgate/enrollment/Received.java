package org.scepgate.enrollment;

import java.util.Optional;
import java.util.function.Function;
import org.scepgate.policy.EnrollmentRequest;
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
        @Override
        public <T> T fold(Function<Enrolment, T> enrolment, Function<Rejected, T> rejected) {
            return enrolment.apply(this);
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
