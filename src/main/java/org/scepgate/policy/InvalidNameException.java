package org.scepgate.policy;

/** A subject or subject alternative name that no certificate of ours may carry, with the place of the fault. */
public final class InvalidNameException extends Exception {

    private final String place;

    InvalidNameException(String place, String message) {
        super(message);
        this.place = place;
    }

    /** {@code dns[0]} for an alternative name, {@code character 12} in a distinguished one, or empty for the whole. */
    public String place() {
        return place;
    }
}
