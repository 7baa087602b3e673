package org.scepgate.challenge;

import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;

/** The challenge itself: shown to its caller once, never stored, never logged. */
public final class ChallengeSecret {
    // Letters and digits are in PrintableString (RFC 2985 lets challengePassword be one) and need no escaping in a URL,
    // an XML document or a shell; without 0 O I l a person can read one out.
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    // 58^24 is more than 2^140.
    private static final int LENGTH = 24;

    private final String value;

    private ChallengeSecret(String value) {
        this.value = value;
    }

    static ChallengeSecret random(SecureRandom random) {
        return of(random, ALPHABET, LENGTH);
    }

    /** As NDES has it: upper-case hex. */
    static ChallengeSecret hex(SecureRandom random, int digits) {
        return of(random, "0123456789ABCDEF", digits);
    }

    private static ChallengeSecret of(SecureRandom random, String alphabet, int length) {
        return new ChallengeSecret(random.ints(length, 0, alphabet.length())
                .collect(
                        StringBuilder::new, (text, index) -> text.append(alphabet.charAt(index)), StringBuilder::append)
                .toString());
    }

    @JsonValue
    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
