package org.scepgate.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** HTTP by hand, for what {@link java.net.http.HttpClient} is too polite to send. */
public final class RawHttp {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int port;

    public RawHttp(int port) {
        this.port = port;
    }

    /** An answer as it came, up to the end of the connection. */
    public record Answer(String head, byte[] body) {
        public int status() {
            return Integer.parseInt(head.split(" ", 3)[1]);
        }

        public Optional<String> header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).trim())
                    .findFirst();
        }
    }

    /** Sends the text and then the bytes, and reads until the server closes: ask for {@code Connection: close}. */
    public Answer exchange(String head, byte[] body) {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            return answer(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a head with {@code Expect: 100-continue} and the body only after the server has asked for it. */
    public Answer exchangeAfterContinue(String head, byte[] body) {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            String interim = readHead(socket.getInputStream());
            if (!interim.startsWith("HTTP/1.1 100 ")) {
                throw new AssertionError("no 100 Continue but " + interim);
            }
            out.write(body);
            out.flush();
            return answer(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static Answer answer(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("no HTTP answer: " + text);
        }
        return new Answer(text.substring(0, end), text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1));
    }
}
