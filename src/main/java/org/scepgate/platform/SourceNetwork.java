package org.scepgate.platform;

import io.netty.util.NetUtil;
import java.util.Arrays;

/** A range of addresses, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}; an address alone is a range too. */
public record SourceNetwork(byte[] start, int prefixLength) {
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    /** @throws IllegalArgumentException if it is none */
    public static SourceNetwork parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = octets(slash < 0 ? text : text.substring(0, slash));
        int longest = address.length * Byte.SIZE;
        int prefix = slash < 0 ? longest : length(text.substring(slash + 1), longest);
        SourceNetwork network = new SourceNetwork(address, prefix);
        if (!Arrays.equals(network.masked(address), address)) {
            throw new IllegalArgumentException("has bits after its prefix: " + text);
        }
        return network;
    }

    /** False also for what is no address. */
    public boolean holds(String address) {
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(address);
        return octets != null && Arrays.equals(masked(unmapped(octets)), start);
    }

    private static byte[] octets(String text) {
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(text);
        if (octets == null) {
            throw new IllegalArgumentException("is no network such as 10.0.0.0/8: " + text);
        }
        return unmapped(octets);
    }

    private static int length(String text, int longest) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > longest) {
            throw new IllegalArgumentException("has no prefix of 0 to " + longest + " bits: " + text);
        }
        return Integer.parseInt(text);
    }

    // A socket for both families shows IPv4 clients as ::ffff:192.0.2.1.
    private static byte[] unmapped(byte[] octets) {
        boolean isMapped = octets.length == 16 && Arrays.equals(octets, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
        return isMapped ? Arrays.copyOfRange(octets, MAPPED.length, octets.length) : octets;
    }

    private byte[] masked(byte[] octets) {
        byte[] masked = new byte[octets.length];
        for (int bit = 0; bit < Math.min(prefixLength, octets.length * Byte.SIZE); bit++) {
            masked[bit / Byte.SIZE] |= (byte) (octets[bit / Byte.SIZE] & (0x80 >> (bit % Byte.SIZE)));
        }
        return masked;
    }

    /** The /64 of an IPv6 address and an IPv4 address itself: who has one address has all of these. */
    public static String subscriberOf(String address) {
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(address);
        if (octets == null) {
            return "unknown";
        }
        byte[] plain = unmapped(octets);
        return Arrays.toString(new SourceNetwork(plain, 64).masked(plain));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceNetwork that
                && prefixLength == that.prefixLength
                && Arrays.equals(start, that.start);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(start);
    }
}
