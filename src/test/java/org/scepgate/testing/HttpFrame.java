package org.scepgate.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One HTTP/1.1 message as it came over a connection.
 *
 * @param isWhole whether it ends here; else what follows belongs to it too
 */
public record HttpFrame(byte[] bytes, String head, boolean isWhole) {
    private static final int LONGEST_HEAD = 1 << 20;
    private static final int LONGEST_REQUEST = 1 << 16;

    /** Empty at the end of the connection. */
    static HttpFrame readRequest(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String head = readHead(in, bytes);
        long length = head.contains("\ntransfer-encoding:") ? -1 : contentLength(head, 0);
        // What announces a long body may have to be refused before it comes.
        return framed(in, bytes, head, length <= LONGEST_REQUEST ? length : -1);
    }

    public static HttpFrame readAnswer(InputStream in, boolean toHead) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String head = readHead(in, bytes);
        if (toHead || head.startsWith("http/1.1 304 ") || head.startsWith("http/1.1 204 ")) {
            return new HttpFrame(bytes.toByteArray(), head, true);
        }
        if (head.contains("\ntransfer-encoding: chunked")) {
            readChunks(in, bytes);
            return new HttpFrame(bytes.toByteArray(), head, true);
        }
        long length = contentLength(head, -1);
        if (length < 0) {
            in.transferTo(bytes);
        }
        return framed(in, bytes, head, length);
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    boolean isHead() {
        return head.startsWith("head ");
    }

    boolean endsConnection() {
        return head.contains("\nconnection: close")
                || head.contains("http/1.0\r\n") && !head.contains("\nconnection: keep-alive");
    }

    private static HttpFrame framed(InputStream in, ByteArrayOutputStream bytes, String head, long length)
            throws IOException {
        // Past the whole head, a message without its end is left to the server as it is.
        boolean known = length >= 0 && head.endsWith("\r\n\r\n");
        if (known && !head.contains("\nexpect:")) {
            bytes.write(in.readNBytes((int) length));
            return new HttpFrame(bytes.toByteArray(), head, true);
        }
        return new HttpFrame(bytes.toByteArray(), head, false);
    }

    private static long contentLength(String head, long otherwise) {
        int at = head.indexOf("\ncontent-length:");
        if (at < 0) {
            return otherwise;
        }
        String value = head.substring(at + "\ncontent-length:".length(), head.indexOf('\n', at + 1));
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException odd) {
            return -1;
        }
    }

    private static void readChunks(InputStream in, ByteArrayOutputStream bytes) throws IOException {
        int size;
        do {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            readLine(in, line);
            bytes.writeBytes(line.toByteArray());
            size = Integer.parseInt(line.toString(StandardCharsets.ISO_8859_1).strip(), 16);
            bytes.write(in.readNBytes(size + 2));
        } while (size > 0);
    }

    /** In lower case; what was read so far where the connection ends or the head does not. */
    private static String readHead(InputStream in, ByteArrayOutputStream bytes) throws IOException {
        int before = -1;
        while (bytes.size() != before && bytes.size() < LONGEST_HEAD) {
            before = bytes.size();
            readLine(in, bytes);
            if (bytes.size() - before <= 2 && bytes.size() > 2) {
                break;
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    private static void readLine(InputStream in, ByteArrayOutputStream bytes) throws IOException {
        for (int next = in.read(); next >= 0; next = in.read()) {
            bytes.write(next);
            if (next == '\n' || bytes.size() >= LONGEST_HEAD) {
                return;
            }
        }
    }
}
