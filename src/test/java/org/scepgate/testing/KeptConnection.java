package org.scepgate.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One HTTP connection for one request after the other, with no thread but the caller's between the two ends. */
public final class KeptConnection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final String head;

    /** Posts to the SCEP URL of an endpoint. */
    public static KeptConnection to(ScepEndpoint endpoint) {
        try {
            return new KeptConnection(endpoint);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KeptConnection(ScepEndpoint endpoint) throws IOException {
        this.socket = new Socket(endpoint.url().getHost(), endpoint.url().getPort());
        this.socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.head = "POST " + endpoint.url().getPath() + "?operation=PKIOperation HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/x-pki-message\r\nContent-Length: ";
    }

    /**
     * An answer.
     *
     * @param head in lower case
     * @param nanos from the first byte of the request to the last of the answer
     */
    public record Answer(String head, byte[] body, long nanos) {}

    public Answer post(byte[] message) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes((head + message.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(message);
        byte[] bytes = request.toByteArray();
        try {
            long start = System.nanoTime();
            socket.getOutputStream().write(bytes);
            HttpFrame answer = HttpFrame.readAnswer(in, false);
            long nanos = System.nanoTime() - start;
            byte[] body = Arrays.copyOfRange(answer.bytes(), answer.head().length(), answer.bytes().length);
            return new Answer(answer.head(), body, nanos);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
