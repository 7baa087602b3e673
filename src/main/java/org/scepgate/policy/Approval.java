package org.scepgate.policy;

import java.util.List;
import java.util.function.Function;

/** Whether the policy lets a request be signed of which somebody else has said something: a person or an endpoint. */
public sealed interface Approval {

    <T> T fold(Function<Granted, T> granted, Function<Rejected, T> rejected);

    /** Sign the template. */
    record Granted(CertificateTemplate template) implements Approval {
        @Override
        public <T> T fold(Function<Granted, T> granted, Function<Rejected, T> rejected) {
            return granted.apply(this);
        }
    }

    /** Sign nothing: the other said no, or the profile or the challenge is no longer what it was. */
    record Rejected(List<Violation> violations) implements Approval {

        public Rejected {
            violations = List.copyOf(violations);
        }

        @Override
        public <T> T fold(Function<Granted, T> granted, Function<Rejected, T> rejected) {
            return rejected.apply(this);
        }
    }
}
