package org.scepgate.setup;

/** Ends a command with one line for people; its text holds no secret. */
final class SetupException extends Exception {
    private static final long serialVersionUID = 1L;

    SetupException(String message) {
        super(message);
    }
}
