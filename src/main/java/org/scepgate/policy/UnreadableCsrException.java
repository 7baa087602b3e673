package org.scepgate.policy;

/** A certification request whose names or extensions cannot be read within bounds; the message is for the operator. */
public final class UnreadableCsrException extends Exception {

    UnreadableCsrException(String message) {
        super(message);
    }

    UnreadableCsrException(String message, Throwable cause) {
        super(message, cause);
    }
}
