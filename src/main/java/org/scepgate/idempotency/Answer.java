package org.scepgate.idempotency;

/**
 * An answer as it was given the first time.
 *
 * @param location path of what was made, empty if it is not one thing
 */
public record Answer(int status, String mediaType, String location, byte[] body) {

    public Answer {
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    /** The body may hold secrets. */
    @Override
    public String toString() {
        return "Answer[" + status + " " + mediaType + "]";
    }
}
