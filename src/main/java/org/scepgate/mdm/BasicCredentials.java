package org.scepgate.mdm;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A user and a password as HTTP Basic carries them (RFC 7617). */
record BasicCredentials(String user, String password) {
    private static final String SCHEME = "Basic ";
    private static final int LONGEST = 1024;

    /** Empty for another scheme, and for what is none. */
    static Optional<BasicCredentials> of(String header) {
        boolean isBasic = header != null
                && header.length() <= LONGEST
                && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return isBasic ? decoded(header.substring(SCHEME.length()).strip()) : Optional.empty();
    }

    private static Optional<BasicCredentials> decoded(String base64) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new BasicCredentials(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "BasicCredentials[***]";
    }
}
