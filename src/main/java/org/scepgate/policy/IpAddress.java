package org.scepgate.policy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Addresses as text and as the 4 or 16 octets of an iPAddress (RFC 5280 section 4.2.1.6).
 *
 * <p>{@code InetAddress} is not asked: it looks up what it takes for a host name, reads 127.1 and 010.0.0.1, and turns
 * an IPv4-mapped address of 16 octets into one of 4.
 */
final class IpAddress {

    private static final int LONGEST_TEXT = 45;
    private static final int GROUPS = 8;

    private IpAddress() {}

    static Optional<byte[]> parse(String text) {
        if (text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        return text.indexOf(':') < 0 ? version4(text) : version6(text);
    }

    static String text(byte[] octets) {
        if (octets.length == 4) {
            return "%d.%d.%d.%d".formatted(octets[0] & 0xFF, octets[1] & 0xFF, octets[2] & 0xFF, octets[3] & 0xFF);
        }
        StringJoiner groups = new StringJoiner(":");
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        while (buffer.hasRemaining()) {
            groups.add(Integer.toHexString(Short.toUnsignedInt(buffer.getShort())));
        }
        return groups.toString();
    }

    private static Optional<byte[]> version4(String text) {
        String[] parts = text.split("\\.", -1);
        byte[] octets = new byte[4];
        for (int i = 0; i < parts.length; i++) {
            int value = number(parts[i], 10, 3);
            // A leading zero means octal to some readers.
            boolean leadingZero = parts[i].length() > 1 && parts[i].charAt(0) == '0';
            if (parts.length != octets.length || value < 0 || value > 0xFF || leadingZero) {
                return Optional.empty();
            }
            octets[i] = (byte) value;
        }
        return Optional.of(octets);
    }

    /** RFC 4291 section 2.2, without a zone and without a prefix length. */
    private static Optional<byte[]> version6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        Optional<List<Integer>> head = gap < 0 ? groups(text, true) : groups(text.substring(0, gap), false);
        Optional<List<Integer>> tail = gap < 0 ? Optional.of(List.of()) : groups(text.substring(gap + 2), true);
        if (head.isEmpty() || tail.isEmpty()) {
            return Optional.empty();
        }
        int given = head.get().size() + tail.get().size();
        return (gap < 0 ? given == GROUPS : given < GROUPS)
                ? Optional.of(octets(head.get(), tail.get()))
                : Optional.empty();
    }

    private static Optional<List<Integer>> groups(String text, boolean mayEndInVersion4) {
        List<Integer> groups = new ArrayList<>();
        String[] parts = text.isEmpty() ? new String[0] : text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean isVersion4 = mayEndInVersion4 && i == parts.length - 1 && parts[i].indexOf('.') >= 0;
            List<Integer> read = isVersion4 ? version4Groups(parts[i]) : List.of(number(parts[i], 16, 4));
            if (read.isEmpty() || read.get(0) < 0) {
                return Optional.empty();
            }
            groups.addAll(read);
        }
        return Optional.of(groups);
    }

    private static List<Integer> version4Groups(String text) {
        return version4(text)
                .map(ByteBuffer::wrap)
                .map(octets -> List.of(Short.toUnsignedInt(octets.getShort()), Short.toUnsignedInt(octets.getShort())))
                .orElse(List.of());
    }

    private static byte[] octets(List<Integer> head, List<Integer> tail) {
        ByteBuffer octets = ByteBuffer.allocate(2 * GROUPS);
        head.forEach(group -> octets.putShort(group.shortValue()));
        octets.position(octets.capacity() - 2 * tail.size());
        tail.forEach(group -> octets.putShort(group.shortValue()));
        return octets.array();
    }

    /** -1 where the text is not 1 to {@code longest} ASCII digits of the radix. */
    private static int number(String text, int radix, int longest) {
        boolean digits = text.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0);
        return digits && !text.isEmpty() && text.length() <= longest ? Integer.parseInt(text, radix) : -1;
    }
}
