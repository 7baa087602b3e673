package org.scepgate.scep;

import java.security.SecureRandom;
import java.util.HexFormat;

/** The client's name for a transaction: opaque, not unique, echoed as it came (RFC 8894 section 3.2.1.1). */
public record TransactionId(String value) {
    private static final int MAX_LENGTH = 255;

    public TransactionId {
        if (!isAcceptable(value)) {
            throw new IllegalArgumentException("A transactionID has 1 to 255 printable ASCII characters");
        }
    }

    /** 128 random bits in hex: a name that no other transaction has. */
    public static TransactionId random(SecureRandom random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return new TransactionId(HexFormat.of().formatHex(bytes));
    }

    // Wider than PrintableString's alphabet, because clients put '_' or '@' into one; no control characters,
    // because a NUL could be stored by no database and a line break would forge log lines.
    static boolean isAcceptable(String value) {
        return !value.isEmpty()
                && value.length() <= MAX_LENGTH
                && value.chars().allMatch(character -> character >= ' ' && character <= '~');
    }

    @Override
    public String toString() {
        return value;
    }
}
