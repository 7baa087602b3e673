package org.scepgate.scep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;

/** Writes DER from parts that are encoded already, so that a certificate is never taken apart to be sent again. */
final class Der {
    static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;
    static final int UTF8_STRING = 0x0C;
    static final int PRINTABLE_STRING = 0x13;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;
    /** [0] around a primitive, as CMS has for encryptedContent. */
    static final int CONTEXT_0_PRIMITIVE = 0x80;
    /** [0] around anything else. */
    static final int CONTEXT_0 = 0xA0;

    static final int CONTEXT_1 = 0xA1;

    private Der() {}

    static byte[] encode(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        int lengthBytes = length < 0x80 ? 0 : (39 - Integer.numberOfLeadingZeros(length)) / 8;
        byte[] encoded = new byte[2 + lengthBytes + length];
        encoded[0] = (byte) tag;
        encoded[1] = (byte) (lengthBytes == 0 ? length : 0x80 | lengthBytes);
        for (int i = 0; i < lengthBytes; i++) {
            encoded[2 + i] = (byte) (length >> 8 * (lengthBytes - 1 - i));
        }
        int position = 2 + lengthBytes;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, encoded, position, part.length);
            position += part.length;
        }
        return encoded;
    }

    static byte[] sequence(byte[]... parts) {
        return encode(SEQUENCE, parts);
    }

    /** For versions and the like: 0 to 127. */
    static byte[] integer(int value) {
        return encode(INTEGER, new byte[] {(byte) value});
    }

    static byte[] printable(String text) {
        return encode(PRINTABLE_STRING, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static byte[] utf8(String text) {
        return encode(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    /** X.690 section 11.6: the elements of a SET OF in ascending order of their encodings. */
    static byte[] setOf(List<byte[]> elements) {
        return encode(SET, elements.stream().sorted(Arrays::compareUnsigned).toArray(byte[][]::new));
    }

    static byte[] of(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
