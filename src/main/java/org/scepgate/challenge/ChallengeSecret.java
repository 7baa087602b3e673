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

    private static final String HEX = "0123456789ABCDEF";
    // NDES has 16, and its clients take up to 32.
    private static final int FEWEST_DIGITS = 16;
    private static final int MOST_DIGITS = 32;

    private final String value;

    private ChallengeSecret(String value) {
        this.value = value;
    }

    static ChallengeSecret random(SecureRandom random) {
        return of(random, ALPHABET, LENGTH);
    }

    /** As NDES has it: upper-case hex. */
    static ChallengeSecret hex(SecureRandom random, int digits) {
        if (digits < FEWEST_DIGITS || digits > MOST_DIGITS) {
            throw new IllegalArgumentException(
                    digits + " digits are not between " + FEWEST_DIGITS + " and " + MOST_DIGITS);
        }
        return of(random, HEX, digits);
    }

    private static ChallengeSecret of(SecureRandom random, String alphabet, int length) {
        return new ChallengeSecret(random.ints(length, 0, alphabet.length())
                .collect(
                        StringBuilder::new, (text, index) -> text.append(alphabet.charAt(index)), StringBuilder::append)
                .toString());
    }

    /** Whether a text could be a challenge; any that was ever made has this form. */
    static boolean isFormOf(String text) {
        int length = text.length();
        return length == LENGTH && isOf(ALPHABET, text)
                || length >= FEWEST_DIGITS && length <= MOST_DIGITS && isOf(HEX, text);
    }

    private static boolean isOf(String alphabet, String text) {
        return text.chars().allMatch(character -> alphabet.indexOf(character) >= 0);
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
