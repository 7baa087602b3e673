package org.scepgate.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Sends at a rate, not as fast as answers come: what is turned away with 503 is sent again, and nothing else may fail. */
final class Overload {
    private static final Duration LENGTH = Duration.ofSeconds(8);

    private final int port;
    private final KeepAliveConnection.Target target;
    private final int connections;
    private final Queue<Integer> unsent = new ConcurrentLinkedQueue<>();
    private final AtomicLong scheduled = new AtomicLong();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger turnedAway = new AtomicInteger();

    Overload(int port, KeepAliveConnection.Target target, int connections) {
        this.port = port;
        this.target = target;
        this.connections = connections;
    }

    /** @param answers null where a message was not served in the time there was */
    record Result(byte[][] answers, double offeredPerSecond, double servedPerSecond, int turnedAway, double seconds) {}

    Result send(List<byte[]> messages, double perSecond) throws Exception {
        IntStream.range(0, messages.size()).forEach(unsent::add);
        byte[][] answers = new byte[messages.size()][];
        ExecutorService workers = Executors.newFixedThreadPool(connections);
        long start = System.nanoTime();
        try {
            List<Future<?>> all = IntStream.range(0, connections)
                    .<Future<?>>mapToObj(i -> workers.submit(() -> {
                        work(messages, answers, start, perSecond);
                        return null;
                    }))
                    .toList();
            for (Future<?> done : all) {
                done.get();
            }
        } finally {
            // Also after a wrong answer: the bench would never end.
            workers.shutdown();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        // What is scheduled after the end is not sent.
        double sent = served.get() + turnedAway.get();
        return new Result(answers, sent / seconds, served.get() / seconds, turnedAway.get(), seconds);
    }

    private void work(List<byte[]> messages, byte[][] answers, long start, double perSecond) throws IOException {
        try (KeepAliveConnection connection = new KeepAliveConnection(port, target)) {
            long due = due(start, perSecond);
            while (due - start < LENGTH.toNanos()) {
                LockSupport.parkNanos(due - System.nanoTime());
                Integer next = unsent.poll();
                if (next == null) {
                    return;
                }
                answers[next] =
                        connection.sendUnlessTurnedAway(messages.get(next)).orElse(null);
                (answers[next] == null ? turnedAway : served).incrementAndGet();
                if (answers[next] == null) {
                    unsent.add(next);
                }
                due = due(start, perSecond);
            }
        }
    }

    private long due(long start, double perSecond) {
        return start + (long) (scheduled.getAndIncrement() * TimeUnit.SECONDS.toNanos(1) / perSecond);
    }
}
