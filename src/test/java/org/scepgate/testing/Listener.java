package org.scepgate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A port of this machine, each connection to it in threads of its own that keep no JVM from its end. */
final class Listener implements AutoCloseable {
    private static final int BACKLOG = 1000;

    private final ServerSocket socket;
    private final ExecutorService threads;

    private Listener(ServerSocket socket, String name) {
        this.socket = socket;
        this.threads = Executors.newCachedThreadPool(work -> background(work, name));
    }

    /** @param name of its threads */
    static Listener open(String name) {
        try {
            return new Listener(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Thread background(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** What is done with a connection; none is taken any more once it fails. */
    interface Connected {
        void to(Socket client) throws IOException;
    }

    void accept(Connected connected) {
        threads.submit(() -> {
            while (!socket.isClosed()) {
                try {
                    connected.to(socket.accept());
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    void run(Runnable work) {
        threads.submit(work);
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
