package org.scepgate.dev;

/** Something about this machine keeps development mode from starting; the message says what to do. */
public final class CannotStartException extends RuntimeException {
    public CannotStartException(String message) {
        super(message);
    }

    public CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
