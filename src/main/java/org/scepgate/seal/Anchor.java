package org.scepgate.seal;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A seal as it is written down outside the database: a line of JSON. */
public record Anchor(long number, String hash, int rows, String sealedAt) {
    private static final Pattern LINE = Pattern.compile("\\{\"number\":(\\d{1,18}),\"hash\":\"([0-9a-f]{64})\","
            + "\"rows\":(\\d{1,9}),\"sealedAt\":\"([0-9TZ:.+-]+)\"}");

    public static Anchor of(Seal seal) {
        return new Anchor(
                seal.number(),
                HexFormat.of().formatHex(seal.hash()),
                seal.batch().rows(),
                seal.sealedAt().toString());
    }

    /** Empty if it is no such line. */
    public static Optional<Anchor> parse(String line) {
        Matcher matcher = LINE.matcher(line.strip());
        return matcher.matches()
                ? Optional.of(new Anchor(
                        Long.parseLong(matcher.group(1)),
                        matcher.group(2),
                        Integer.parseInt(matcher.group(3)),
                        matcher.group(4)))
                : Optional.empty();
    }

    public String toJson() {
        return "{\"number\":%d,\"hash\":\"%s\",\"rows\":%d,\"sealedAt\":\"%s\"}"
                .formatted(number, hash, rows, sealedAt);
    }

    public boolean isOf(Seal seal) {
        return hash.equals(HexFormat.of().formatHex(seal.hash()));
    }
}
