package org.scepgate.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.scepgate.testing.Scepgate;

/**
 * Servers on one database that take turns: a machine differs from minute to minute by more than what most changes save,
 * and less from one turn to the next. The first has the options of {@code bench.options}; each other one has its part of
 * {@code bench.against}, between bars, in their place, and is the package of {@code bench.against.jar}, if there is one.
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

    /** @param others the options of each other server */
    void run(List<String> options, List<List<String>> others) throws Exception {
        Path jar = StartedServer.jar();
        String named = System.getProperty("bench.against.jar", "");
        Path othersJar = named.isEmpty() ? jar : Path.of(named);
        List<Contender> contenders = new ArrayList<>();
        try {
            contenders.add(new Contender(StartedServer.start(scepgate.settings(), options, jar), new ArrayList<>()));
            for (List<String> its : others) {
                StartedServer other = StartedServer.start(scepgate.settings(), its, othersJar);
                contenders.add(new Contender(other, new ArrayList<>()));
            }
            compare(contenders);
        } finally {
            contenders.forEach(contender -> contender.server.close());
        }
    }

    private void compare(List<Contender> contenders) throws Exception {
        for (int warm = 0; warm < warmUp; warm += enrolments) {
            StringBuilder costs = new StringBuilder();
            for (Contender contender : contenders) {
                costs.append(String.format(Locale.ROOT, "%10.3f", turn(contender.server).cost));
            }
            say("warming up, %6d: %s ms", warm + enrolments, costs);
        }
        for (int round = 0; round < rounds; round++) {
            // Each begins a round in its turn.
            for (int i = 0; i < contenders.size(); i++) {
                Contender next = contenders.get((round + i) % contenders.size());
                next.turns.add(turn(next.server));
            }
            StringBuilder costs = new StringBuilder();
            for (Contender contender : contenders) {
                costs.append(String.format(Locale.ROOT, "%10.3f", contender.turns.get(round).cost));
            }
            say("%17s: %s ms", "round " + (round + 1), costs);
        }
        for (int i = 0; i < contenders.size(); i++) {
            report(i == 0 ? "the first" : "other " + i, contenders.get(i), contenders.get(0));
        }
    }

    private record Contender(StartedServer server, List<Turn> turns) {
        double middle(ToDoubleFunction<Turn> value) {
            return AgainstBench.middle(turns.stream().mapToDouble(value).toArray());
        }

        /** The middle of what each round says: what slows the machine down slows all of a round down. */
        double middleRatio(Contender first) {
            double[] ratios = new double[turns.size()];
            Arrays.setAll(ratios, round -> turns.get(round).cost / first.turns.get(round).cost);
            return AgainstBench.middle(ratios);
        }

        ThreadTimes threads() {
            return turns.stream().map(Turn::threads).reduce(ThreadTimes::plus).orElseThrow();
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

    private void report(String name, Contender contender, Contender first) throws Exception {
        say(
                "%s: %.3f ms, %.3f of the first, p50 %.1f and p99 %.1f ms, the middle of %d turns of %d; %d MiB; %s",
                name,
                contender.middle(Turn::cost),
                contender.middleRatio(first),
                contender.middle(Turn::median),
                contender.middle(Turn::p99),
                contender.turns.size(),
                enrolments,
                ResidentMemory.mebibytes(contender.server.pid()),
                contender.threads().perEnrolment(enrolments * contender.turns.size()));
    }

    private static double middle(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
