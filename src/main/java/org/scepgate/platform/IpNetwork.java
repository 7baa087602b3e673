package org.scepgate.platform;

import io.netty.util.NetUtil;
import java.util.Arrays;

/**
 * The addresses that begin with the same bits (CIDR, RFC 4632), such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}; an
 * address alone is a network too. An address of version 4 in the form of version 6 (RFC 4291 section 2.5.5.2) is what it
 * holds.
 *
 * @param start 4 or 16 octets
 */
public record IpNetwork(byte[] start, int prefixLength) {
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    /** @throws IllegalArgumentException if it is none; the message may be shown */
    public static IpNetwork parse(String text) {
        String plain = text.strip();
        int slash = plain.indexOf('/');
        byte[] address = octets(slash < 0 ? plain : plain.substring(0, slash));
        int longest = address.length * Byte.SIZE;
        int prefix = slash < 0 ? longest : length(plain.substring(slash + 1), longest);
        IpNetwork network = new IpNetwork(address, prefix);
        if (!Arrays.equals(network.masked(address), address)) {
            throw new IllegalArgumentException("has bits after its prefix: " + text);
        }
        return network;
    }

    /** False also for what is no address. */
    public boolean holds(String address) {
        // Never asks for a name.
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(address);
        return octets != null && holds(octets);
    }

    /** Of an address of 4 or 16 octets. */
    public boolean holds(byte[] address) {
        return Arrays.equals(masked(unmapped(address)), start);
    }

    private static byte[] octets(String text) {
        // Netty also takes [::1] and fe80::1%eth0.
        byte[] octets = text.matches("[0-9A-Fa-f:.]+") ? NetUtil.createByteArrayFromIpAddressString(text) : null;
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

    /** A socket for both families shows IPv4 clients as {@code ::ffff:192.0.2.1}. */
    public static byte[] unmapped(byte[] octets) {
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
        return Arrays.toString(new IpNetwork(plain, 64).masked(plain));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpNetwork that && prefixLength == that.prefixLength && Arrays.equals(start, that.start);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(start);
    }
}
