package org.scepgate.policy;

/** A profile that cannot work, with the configuration key below {@code scepgate.profiles.<name>.} that is to blame. */
public final class InvalidProfileException extends IllegalArgumentException {

    private final String property;

    InvalidProfileException(String property, String message) {
        super(message);
        this.property = property;
    }

    /** For example {@code challenge.ttl-min}. */
    public String property() {
        return property;
    }

    static void unless(boolean holds, String property, String message) {
        if (!holds) {
            throw new InvalidProfileException(property, message);
        }
    }
}
