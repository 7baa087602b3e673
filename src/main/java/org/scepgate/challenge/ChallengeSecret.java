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
        return new ChallengeSecret(random.ints(LENGTH, 0, ALPHABET.length())
                .collect(
                        StringBuilder::new, (text, index) -> text.append(ALPHABET.charAt(index)), StringBuilder::append)
                .toString());
    }

    /** Whether a text could be a challenge; any that was ever made has this form. */
    static boolean isFormOf(String text) {
        return text.length() == LENGTH && text.chars().allMatch(character -> ALPHABET.indexOf(character) >= 0);
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
