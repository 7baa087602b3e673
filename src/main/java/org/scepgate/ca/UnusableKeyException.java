package org.scepgate.ca;

/** A key store or key pair that cannot serve; the message says why and never holds a password. */
public final class UnusableKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnusableKeyException(String message) {
        super(message);
    }

    public UnusableKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
