package org.scepgate.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.util.encoders.Hex;

/**
 * Which alternative names of one type are permitted: {@code *} is all of them.
 *
 * <p>DNS: {@code *.acme.example} is every name below, {@code acme.example} that name. Mailboxes and UPNs:
 * {@code @acme.example} is that domain, {@code *.acme.example} every domain below. URIs: a prefix that ends in / or :.
 * Addresses: one, or a range such as {@code 10.0.0.0/8}.
 */
record AltNamePattern(AltNameType type, String text) {

    private static final String ANY = "*";
    private static final String BELOW = "*.";

    static AltNamePattern of(AltNameType type, String text) throws InvalidNameException {
        if (!text.equals(ANY)) {
            switch (type) {
                case DNS -> DnsName.requireHost(text.startsWith(BELOW) ? text.substring(BELOW.length()) : text);
                case EMAIL, UPN -> requireDomain(text);
                case URI -> requireWholePrefix(text);
                case IP -> requireRange(text);
            }
        }
        return new AltNamePattern(type, type == AltNameType.URI && !text.equals(ANY) ? UriName.key(text) : lower(text));
    }

    /** @param key of the name, see {@link AltNameType#key} */
    boolean permits(String key) {
        return text.equals(ANY)
                || switch (type) {
                    case DNS -> isOrIsBelow(key);
                    case EMAIL, UPN -> isOrIsBelow(key.substring(key.lastIndexOf('@')));
                    case URI -> key.startsWith(text);
                    case IP -> range().filter(range -> range.holds(key)).isPresent();
                };
    }

    private boolean isOrIsBelow(String name) {
        return text.startsWith(BELOW) ? name.endsWith(text.substring(1)) : name.equals(text);
    }

    private static void requireDomain(String text) throws InvalidNameException {
        AltNameType.require(
                text.startsWith("@") || text.startsWith(BELOW), "must be like @acme.example or *.acme.example");
        DnsName.requireHost(text.replaceFirst("^(@|\\*\\.)", ""));
    }

    private static void requireWholePrefix(String text) throws InvalidNameException {
        // https://acme.example without its slash would permit https://acme.example.evil.example as well.
        boolean isHierarchical = text.contains("//");
        AltNameType.require(
                isHierarchical ? text.matches("[^/]+//[^/]+/(.*/)?") : text.endsWith(":"),
                "must be a prefix that ends in /, or in : where there is no //");
        UriName.key(text);
    }

    private static void requireRange(String text) throws InvalidNameException {
        AltNameType.require(Range.parse(text).isPresent(), "must be an address or a range such as 10.0.0.0/8");
    }

    private Optional<Range> range() {
        return Range.parse(text);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The addresses that begin with the same bits. */
    private record Range(byte[] octets, int bits) {

        static Optional<Range> parse(String text) {
            String[] parts = text.split("/", -1);
            Optional<byte[]> address = IpAddress.parse(parts[0]);
            if (parts.length == 1) {
                return address.map(octets -> new Range(octets, octets.length * Byte.SIZE));
            }
            boolean isNumber = parts.length == 2 && parts[1].matches("\\d{1,3}");
            return address.filter(octets -> isNumber && Integer.parseInt(parts[1]) <= octets.length * Byte.SIZE)
                    .map(octets -> new Range(octets, Integer.parseInt(parts[1])));
        }

        boolean holds(String hex) {
            byte[] other = Hex.decode(hex);
            return other.length == octets.length && Arrays.equals(masked(octets), masked(other));
        }

        private byte[] masked(byte[] address) {
            byte[] masked = address.clone();
            for (int bit = bits; bit < masked.length * Byte.SIZE; bit++) {
                masked[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
            }
            return masked;
        }
    }
}
