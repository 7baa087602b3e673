package org.scepgate.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * What came of sending prepared messages over some connections.
 *
 * @param answers in the order of the messages
 * @param nanos how long each took
 */
record Load(byte[][] answers, long[] nanos, Duration elapsed) {

    static Load send(List<byte[]> messages, int connections, int port, KeepAliveConnection.Target target)
            throws InterruptedException, ExecutionException {
        byte[][] answers = new byte[messages.size()][];
        long[] nanos = new long[messages.size()];
        AtomicInteger next = new AtomicInteger();
        Callable<Void> worker = () -> {
            work(messages, next, new Load(answers, nanos, Duration.ZERO), new KeepAliveConnection(port, target));
            return null;
        };
        ExecutorService workers = Executors.newFixedThreadPool(connections);
        try {
            long start = System.nanoTime();
            for (Future<Void> done : workers.invokeAll(
                    IntStream.range(0, connections).mapToObj(i -> worker).toList())) {
                done.get();
            }
            return new Load(answers, nanos, Duration.ofNanos(System.nanoTime() - start));
        } finally {
            // Also after a wrong answer: the bench would never end.
            workers.shutdown();
        }
    }

    private static void work(List<byte[]> messages, AtomicInteger next, Load load, KeepAliveConnection connection)
            throws IOException {
        try (connection) {
            for (int i = next.getAndIncrement(); i < messages.size(); i = next.getAndIncrement()) {
                long start = System.nanoTime();
                load.answers[i] = connection.send(messages.get(i));
                load.nanos[i] = System.nanoTime() - start;
            }
        }
    }

    /** The time within which this share of the answers came, in milliseconds. */
    double percentile(double share) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))] / 1e6;
    }

    double perSecond() {
        return nanos.length / (elapsed.toNanos() / 1e9);
    }
}
