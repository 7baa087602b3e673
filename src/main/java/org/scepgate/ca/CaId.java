package org.scepgate.ca;

/**
 * One key of a CA: through its rollovers a CA keeps its name and changes its key.
 *
 * @param name the CA's name in the configuration
 * @param keySha256 SHA-256 of the SubjectPublicKeyInfo (DER) that its certificates verify with, lower-case hex
 */
public record CaId(String name, String keySha256) {
    private static final int KEY_DIGITS = 16;

    /** What this key is called in URLs that have to mean the same after a rollover. */
    public String publicName() {
        return name + "-" + keySha256.substring(0, KEY_DIGITS);
    }
}
