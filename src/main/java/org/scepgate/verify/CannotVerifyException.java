package org.scepgate.verify;

/** Ends the command with one line for people: nothing can be said of the audit log. */
final class CannotVerifyException extends Exception {
    CannotVerifyException(String message) {
        super(message);
    }
}
