package org.scepgate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** A connection that takes its time: it sends a beginning at once, and then a byte whenever it is told to. */
public final class SlowClient implements AutoCloseable {
    private final SocketChannel channel;
    private final ByteBuffer beginning;
    private final String trickle;
    private final Instant opened = Instant.now();
    private final StringBuilder answer = new StringBuilder();
    private int sent;
    private Duration lasted;

    private SlowClient(SocketChannel channel, ByteBuffer beginning, String trickle) {
        this.channel = channel;
        this.beginning = beginning;
        this.trickle = trickle;
    }

    /** @param trickle what comes after the beginning, over and over; empty for nothing */
    public static SlowClient open(int port, String beginning, String trickle) {
        try {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("localhost", port));
            channel.configureBlocking(false);
            SlowClient client = new SlowClient(channel, bytes(beginning), trickle);
            client.goOn();
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what has come and sends one more byte, once the beginning is sent; true while the server keeps the connection. */
    public boolean goOn() {
        if (lasted == null && hasEnded()) {
            lasted = Duration.between(opened, Instant.now());
        }
        return lasted == null;
    }

    private boolean hasEnded() {
        try {
            ByteBuffer buffer = ByteBuffer.allocate(4096);
            int read = channel.read(buffer);
            answer.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
            if (beginning.hasRemaining()) {
                channel.write(beginning);
            } else if (read >= 0 && !trickle.isEmpty()) {
                channel.write(bytes(trickle.substring(sent % trickle.length(), sent % trickle.length() + 1)));
                sent++;
            }
            return read < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Says that nothing more will come, and stays to read: a socket that is half open. */
    public void endOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the server has said. */
    public String answer() {
        return answer.toString();
    }

    /** How long the server kept the connection; null while it does. */
    public Duration lasted() {
        return lasted;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
