package org.scepgate.scep;

/** The client's name for a transaction: opaque, not unique, echoed as it came (RFC 8894 section 3.2.1.1). */
public record TransactionId(String value) {
    private static final int MAX_LENGTH = 255;

    public TransactionId {
        if (!isAcceptable(value)) {
            throw new IllegalArgumentException("A transactionID has 1 to 255 printable ASCII characters");
        }
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
