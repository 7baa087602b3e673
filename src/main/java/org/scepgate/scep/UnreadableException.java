package org.scepgate.scep;

/** An encoding that is not what its place asks for; never leaves this package. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
        super(message, null, false, false);
    }

    UnreadableException(Exception cause) {
        super(cause.getClass().getSimpleName(), cause, false, false);
    }
}
