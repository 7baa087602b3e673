package org.scepgate.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Ports for servers in processes of their own. They are of those that no system gives to connections or to who asks for any
 * port: such a port is bound only once the server is up, and let go while that is killed and started again. Each JVM of a
 * run has ports of its own.
 */
public final class ServerPorts {
    private static final int FIRST = 16_000;
    private static final int COUNT = 4_000;
    private static final int FORK = Math.floorMod(Integer.getInteger("scepgate.test.fork", 0), 4);
    // Another checkout may be at its tests too.
    private static final AtomicInteger NEXT = new AtomicInteger(new Random().nextInt(COUNT));

    private ServerPorts() {}

    /** One that nobody listens at. */
    public static int next() {
        return IntStream.generate(NEXT::getAndIncrement)
                .limit(COUNT)
                .map(next -> FIRST + FORK * COUNT + Math.floorMod(next, COUNT))
                .filter(ServerPorts::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
