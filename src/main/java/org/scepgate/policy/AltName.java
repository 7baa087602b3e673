package org.scepgate.policy;

import org.bouncycastle.asn1.x509.GeneralName;

/**
 * One alternative name, kept as it was written.
 *
 * @param key equal for names of one type that RFC 5280 section 7 calls equal
 */
record AltName(AltNameType type, String text, String key, GeneralName encoded) {

    private static final int LONGEST = 1024;

    static AltName of(AltNameType type, String text) throws InvalidNameException {
        AltNameType.require(text != null && !text.isEmpty(), "must not be empty");
        AltNameType.require(text.length() <= LONGEST, "must not have more than " + LONGEST + " characters");
        return new AltName(type, text, type.text() + ":" + type.key(text), type.toGeneralName(text));
    }
}
