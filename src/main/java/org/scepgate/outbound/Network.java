package org.scepgate.outbound;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.Optional;

/**
 * The addresses that begin with the same bits (CIDR, RFC 4632).
 *
 * @param octets 4 or 16
 */
record Network(byte[] octets, int bits) {

    /** One of our own. */
    static Network of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("no network: " + text));
    }

    /** Of a text such as {@code 10.0.0.0/8}, {@code fd00::/8} or a single address. */
    static Optional<Network> parse(String text) {
        String[] parts = text.strip().split("/", -1);
        // Never asks for a name.
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(parts[0]);
        if (octets == null || parts.length > 2 || parts[0].indexOf('%') >= 0) {
            return Optional.empty();
        }
        int most = octets.length * Byte.SIZE;
        if (parts.length == 1) {
            return Optional.of(new Network(octets, most));
        }
        boolean isNumber = parts[1].matches("\\d{1,3}") && Integer.parseInt(parts[1]) <= most;
        return isNumber ? Optional.of(new Network(octets, Integer.parseInt(parts[1]))) : Optional.empty();
    }

    boolean holds(byte[] address) {
        return address.length == octets.length && Arrays.equals(begin(octets), begin(address));
    }

    private byte[] begin(byte[] address) {
        byte[] begin = address.clone();
        for (int bit = bits; bit < begin.length * Byte.SIZE; bit++) {
            begin[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
        }
        return begin;
    }
}
