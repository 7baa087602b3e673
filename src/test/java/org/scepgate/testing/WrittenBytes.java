package org.scepgate.testing;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How bytes are written where there is room for text only. */
final class WrittenBytes {
    private static final int GROUP = 3;
    private static final int BITS = 6;

    private WrittenBytes() {}

    /** Hex in either case, and base64 with either alphabet, as they stand there within something longer. */
    static Set<String> forms(byte[] bytes) {
        Set<String> forms = new TreeSet<>();
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
        for (Base64.Encoder alphabet : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            for (int before = 0; before < GROUP; before++) {
                forms.add(base64(alphabet, before, bytes));
            }
        }
        return forms;
    }

    /** Without the characters at both ends that hold bits of the neighbours too. */
    private static String base64(Base64.Encoder alphabet, int before, byte[] bytes) {
        byte[] all = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, all, before, bytes.length);
        int begin = (before * Byte.SIZE + BITS - 1) / BITS;
        int end = all.length * Byte.SIZE / BITS;
        return alphabet.encodeToString(all).substring(begin, end);
    }
}
