package org.scepgate.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A network between a client and a server that breaks where a test says. */
public final class TcpProxy implements AutoCloseable {
    private final Listener listener = Listener.open("tcp-proxy");
    private final int target;
    private final AtomicReference<Cut> cut = new AtomicReference<>();
    private final AtomicLong answerBytesLeft = new AtomicLong(Long.MAX_VALUE);

    /** Grows whenever those that are open go silent. */
    private final AtomicInteger generation = new AtomicInteger();

    private TcpProxy(int target) {
        this.target = target;
    }

    /** Leads to this port of the machine. */
    public static TcpProxy to(int port) {
        TcpProxy proxy = new TcpProxy(port);
        proxy.listener.accept(proxy::connect);
        return proxy;
    }

    public int port() {
        return listener.port();
    }

    private record Cut(Moment moment, List<String> words) {}

    /** Breaks the next connection that sends these words, one after the other, at the last of them, and no other. */
    public void cutOnce(Moment moment, String... words) {
        cut.set(new Cut(moment, List.of(words)));
    }

    /** Whether the cut was made. */
    public boolean hasCut() {
        return cut.get() == null;
    }

    /** Ends each connection after so many bytes of the server's, with none as soon as it answers. */
    public void cutAnswersAfter(long bytes) {
        answerBytesLeft.set(bytes);
    }

    /** Takes what the connections of now say, and passes nothing on any more; they stay open. Later ones are served. */
    public void swallow() {
        generation.incrementAndGet();
    }

    private void connect(Socket client) throws IOException {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        Connection connection = new Connection(client, server, new AtomicLong(answerBytesLeft.get()));
        listener.run(connection::copyRequests);
        listener.run(connection::copyAnswers);
    }

    private final class Connection {
        private final Socket client;
        private final Socket server;
        private final AtomicLong bytesLeft;
        private final int born = generation.get();
        private Cut begun;
        private int wordsSent;
        private volatile boolean answerIsLost;

        private Connection(Socket client, Socket server, AtomicLong bytesLeft) {
            this.client = client;
            this.server = server;
            this.bytesLeft = bytesLeft;
        }

        private void copyRequests() {
            byte[] buffer = new byte[1 << 16];
            try (client;
                    server) {
                InputStream in = client.getInputStream();
                OutputStream out = server.getOutputStream();
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    if (isSwallowed()) {
                        continue;
                    }
                    Optional<Moment> moment = momentAt(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                    if (moment.equals(Optional.of(Moment.BEFORE_IT_ARRIVES))) {
                        return;
                    }
                    answerIsLost |= moment.isPresent();
                    out.write(buffer, 0, count);
                }
            } catch (IOException ended) {
                // Both sides are closed by then.
            }
        }

        private Optional<Moment> momentAt(String sent) {
            Cut wanted = cut.get();
            if (wanted == null) {
                return Optional.empty();
            }
            if (wanted != begun) {
                begun = wanted;
                wordsSent = 0;
            }
            return hasSentAll(sent) && cut.compareAndSet(wanted, null)
                    ? Optional.of(wanted.moment())
                    : Optional.empty();
        }

        private boolean hasSentAll(String sent) {
            List<String> words = begun.words();
            if (sent.contains("ROLLBACK")) {
                wordsSent = 0;
            }
            int from = 0;
            while (wordsSent < words.size()) {
                int found = sent.indexOf(words.get(wordsSent), from);
                if (found < 0) {
                    return false;
                }
                from = found + words.get(wordsSent).length();
                wordsSent++;
            }
            return true;
        }

        private boolean isSwallowed() {
            return born < generation.get();
        }

        private void copyAnswers() {
            byte[] buffer = new byte[1 << 16];
            try (client;
                    server) {
                InputStream in = server.getInputStream();
                for (int count = in.read(buffer); count >= 0 && !answerIsLost; count = in.read(buffer)) {
                    if (isSwallowed()) {
                        continue;
                    }
                    int passed = (int) Math.min(count, bytesLeft.get());
                    client.getOutputStream().write(buffer, 0, passed);
                    if (bytesLeft.addAndGet(-passed) == 0) {
                        return;
                    }
                }
            } catch (IOException ended) {
                // Both sides are closed by then.
            }
        }
    }

    @Override
    public void close() {
        listener.close();
    }
}
