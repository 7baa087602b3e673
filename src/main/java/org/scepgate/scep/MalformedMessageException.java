package org.scepgate.scep;

/** Bytes that prove nothing: not even a transactionID and a signer that a CertRep could be addressed to. */
public final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message a text of ours that quotes nothing of the input */
    MalformedMessageException(String message) {
        super(message);
    }

    MalformedMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
