package org.scepgate.scep;

/** Carries a {@link Rejection} up to the decoder, which makes a {@link RejectedMessage} of it. */
final class RejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Rejection rejection;

    // Without a stack trace: it is an answer, no fault, and must not cost more than another answer.
    RejectedException(Rejection rejection) {
        super(rejection.reason(), null, false, false);
        this.rejection = rejection;
    }

    Rejection rejection() {
        return rejection;
    }
}
