package org.scepgate.policy;

import java.util.function.Function;

/** What an endpoint outside says of a certificate that the policy grants. */
public sealed interface Authorization {

    <T> T fold(
            Function<Allowed, T> allowed,
            Function<Narrowed, T> narrowed,
            Function<Denied, T> denied,
            Function<Failed, T> failed);

    /** Issue it as it is. */
    record Allowed() implements Authorization {
        @Override
        public <T> T fold(
                Function<Allowed, T> allowed,
                Function<Narrowed, T> narrowed,
                Function<Denied, T> denied,
                Function<Failed, T> failed) {
            return allowed.apply(this);
        }
    }

    /** Issue less. */
    record Narrowed(RequestedNarrowing left) implements Authorization {
        @Override
        public <T> T fold(
                Function<Allowed, T> allowed,
                Function<Narrowed, T> narrowed,
                Function<Denied, T> denied,
                Function<Failed, T> failed) {
            return narrowed.apply(this);
        }
    }

    /** Issue nothing to this request. */
    record Denied(String reason) implements Authorization {
        @Override
        public <T> T fold(
                Function<Allowed, T> allowed,
                Function<Narrowed, T> narrowed,
                Function<Denied, T> denied,
                Function<Failed, T> failed) {
            return denied.apply(this);
        }
    }

    /**
     * It said nothing that counts.
     *
     * @param expected what it should have done, for the operator
     * @param actual what it did
     */
    record Failed(String expected, String actual) implements Authorization {
        @Override
        public <T> T fold(
                Function<Allowed, T> allowed,
                Function<Narrowed, T> narrowed,
                Function<Denied, T> denied,
                Function<Failed, T> failed) {
            return failed.apply(this);
        }
    }
}
