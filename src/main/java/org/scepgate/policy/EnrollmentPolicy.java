package org.scepgate.policy;

import java.time.Instant;

/** Decides whether a request may be signed, and lists everything that speaks against it. */
public final class EnrollmentPolicy {

    private EnrollmentPolicy() {}

    public static Decision decide(EnrollmentRequest request, Verdict verdict, Instant now) {
        throw new UnsupportedOperationException();
    }
}
