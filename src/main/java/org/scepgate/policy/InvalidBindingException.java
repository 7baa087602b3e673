package org.scepgate.policy;

/** A challenge was asked for with a binding that the policy would refuse when the device comes. */
public final class InvalidBindingException extends Exception {

    private final String field;

    InvalidBindingException(String field, String message) {
        super(message);
        this.field = field;
    }

    static void unless(boolean holds, String field, String message) throws InvalidBindingException {
        if (!holds) {
            throw new InvalidBindingException(field, message);
        }
    }

    /** The JSON path as the API spells it: {@code subject}, {@code subjectAltNames.dns[0]}, {@code keyUsage[1]}. */
    public String field() {
        return field;
    }
}
