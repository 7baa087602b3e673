package org.scepgate.scep;

/** A reply that a device must not believe: unreadable, not signed by its CA, or not an answer to its request. */
public final class UntrustedReplyException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message a text of ours that quotes nothing of the reply */
    UntrustedReplyException(String message) {
        super(message);
    }

    UntrustedReplyException(String message, Throwable cause) {
        super(message, cause);
    }
}
