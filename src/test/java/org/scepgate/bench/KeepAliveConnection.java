package org.scepgate.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.scepgate.testing.Scepgate;

/** One HTTP/1.1 connection that sends one message after the other and costs the machine next to nothing. */
final class KeepAliveConnection implements AutoCloseable {
    private static final int TURNED_AWAY = 503;
    // A server that stands still ends the bench; a cold one may take two minutes.
    private static final int READ_TIMEOUT_MILLIS = 150_000;

    private final Socket socket;
    private final InputStream in;
    private final Target target;

    KeepAliveConnection(int port, Target target) throws IOException {
        this.socket = new Socket("localhost", port);
        this.socket.setTcpNoDelay(true);
        this.socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.target = target;
    }

    byte[] send(byte[] message) throws IOException {
        Answer answer = exchange(message);
        if (answer.status() != target.status()) {
            throw new IOException("not counted: " + answer.status());
        }
        return answer.body();
    }

    /** Empty if the answer was 503; any other but the one that counts is a failure. */
    Optional<byte[]> sendUnlessTurnedAway(byte[] message) throws IOException {
        Answer answer = exchange(message);
        if (answer.status() != target.status() && answer.status() != TURNED_AWAY) {
            throw new IOException("not counted: " + answer.status());
        }
        return answer.status() == TURNED_AWAY ? Optional.empty() : Optional.of(answer.body());
    }

    private record Answer(int status, byte[] body) {}

    private Answer exchange(byte[] message) throws IOException {
        byte[] head = (target.method() + " " + target.path() + " HTTP/1.1\r\nHost: localhost:" + socket.getPort()
                        + "\r\n" + target.headers() + "Content-Length: " + message.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + message.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(message, 0, request, head.length, message.length);
        socket.getOutputStream().write(request);
        return readAnswer();
    }

    /**
     * What is sent to.
     *
     * @param headers each with its end of line
     * @param status of an answer that counts
     */
    record Target(String method, String path, String headers, int status) {
        /** Where our servers enrol devices. */
        static final Target OURS = pkiOperation("/scep/" + Scepgate.DEMO);

        /** PKIOperation by POST at a SCEP URL with this path. */
        static Target pkiOperation(String path) {
            return new Target(
                    "POST", path + "?operation=PKIOperation", "Content-Type: application/x-pki-message\r\n", 200);
        }
    }

    private Answer readAnswer() throws IOException {
        String status = readLine();
        int length = -1;
        boolean inChunks = false;
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).trim());
            }
            inChunks |= line.equalsIgnoreCase("transfer-encoding: chunked");
        }
        if (!status.startsWith("HTTP/1.1 ") || length < 0 && !inChunks) {
            throw new IOException("no answer: " + status);
        }
        return new Answer(Integer.parseInt(status.split(" ")[1]), inChunks ? readChunks() : read(length));
    }

    /** Without extensions and trailers (RFC 9112, 7.1), which no server here sends. */
    private byte[] readChunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = readSize(); size > 0; size = readSize()) {
            body.write(read(size));
            readEmptyLine();
        }
        readEmptyLine();
        return body.toByteArray();
    }

    private int readSize() throws IOException {
        return Integer.parseInt(readLine(), 16);
    }

    private void readEmptyLine() throws IOException {
        String line = readLine();
        if (!line.isEmpty()) {
            throw new IOException("no end of a chunk: " + line);
        }
    }

    private byte[] read(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the server closed the connection in an answer");
        }
        return bytes;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
