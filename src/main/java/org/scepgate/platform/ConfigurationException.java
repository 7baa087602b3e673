package org.scepgate.platform;

/** A setting that is missing or cannot work: the start ends with this one line instead of a stack trace. */
public final class ConfigurationException extends RuntimeException {
    private final String key;

    public ConfigurationException(String key, String problem) {
        super(key + ": " + problem);
        this.key = key;
    }

    /** The configuration key to change. */
    public String key() {
        return key;
    }
}
