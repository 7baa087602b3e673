package org.scepgate.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.scepgate.testing.Scepgate;

/**
 * Two servers on one database that take turns: a machine differs from minute to minute by more than what most changes
 * save, and not from one turn to the next. The second one has the options of {@code bench.against} in place of
 * {@code bench.options}, and is the package of {@code bench.against.jar}, if there is one.
 */
final class AgainstBench {
    private final Scepgate scepgate;
    private final KeepAliveConnection.Target target;
    private final int connections;
    private final int enrolments = Integer.getInteger("bench.enrolments", 3000);
    private final int warmUp = Integer.getInteger("bench.warmup", 2000);
    private final int rounds = Integer.getInteger("bench.rounds", 0);

    AgainstBench(Scepgate scepgate, KeepAliveConnection.Target target, int connections) {
        this.scepgate = scepgate;
        this.target = target;
        this.connections = connections;
    }

    void run(List<String> options, List<String> othersOptions) throws Exception {
        Path jar = StartedServer.jar();
        String named = System.getProperty("bench.against.jar", "");
        Path othersJar = named.isEmpty() ? jar : Path.of(named);
        try (StartedServer one = StartedServer.start(scepgate.settings(), options, jar);
                StartedServer other = StartedServer.start(scepgate.settings(), othersOptions, othersJar)) {
            for (int warm = 0; warm < warmUp; warm += enrolments) {
                say("warming up, %6d: %.2f and %.2f ms", warm + enrolments, turn(one).cost, turn(other).cost);
            }
            say("%8s %14s %14s %8s", "round", "one", "other", "ratio");
            List<Turn> ones = new ArrayList<>();
            List<Turn> others = new ArrayList<>();
            for (int round = 1; round <= rounds; round++) {
                // Who comes second in one round comes first in the next.
                if (round % 2 == 0) {
                    others.add(turn(other));
                    ones.add(turn(one));
                } else {
                    ones.add(turn(one));
                    others.add(turn(other));
                }
                double cost = ones.get(round - 1).cost;
                double othersCost = others.get(round - 1).cost;
                say("%8d %11.3f ms %11.3f ms %8.3f", round, cost, othersCost, othersCost / cost);
            }
            report("one", ones);
            report("other", others);
        }
    }

    /** @param cost of the server's processor time for an enrolment, in ms */
    private record Turn(double cost, double median, double p99, ThreadTimes threads) {}

    private Turn turn(StartedServer server) throws Exception {
        PreparedEnrolments prepared = PreparedEnrolments.make(scepgate, enrolments);
        ThreadTimes threads = ThreadTimes.of(server.pid());
        Duration start = ProcessorTime.of(server.pid());
        Load load = Load.send(prepared.messages(), connections, server.port(), target);
        double cost = (double) ProcessorTime.of(server.pid()).minus(start).toMillis() / enrolments;
        ThreadTimes used = ThreadTimes.of(server.pid()).minus(threads);
        prepared.check(load.answers());
        return new Turn(cost, load.percentile(0.50), load.percentile(0.99), used);
    }

    private void report(String name, List<Turn> turns) {
        say(
                "%8s %11.3f ms, p50 %.1f and p99 %.1f ms, the middle of %d turns of %d; its last turn: %s",
                name,
                middle(turns.stream().mapToDouble(Turn::cost).toArray()),
                middle(turns.stream().mapToDouble(Turn::median).toArray()),
                middle(turns.stream().mapToDouble(Turn::p99).toArray()),
                turns.size(),
                enrolments,
                turns.get(turns.size() - 1).threads.perEnrolment(enrolments));
    }

    private static double middle(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
