package org.scepgate.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.scepgate.testing.Scepgate;

/**
 * Servers that take turns: a machine differs from minute to minute by more than what most changes save, and less from one
 * turn to the next. The first has the options of {@code bench.options}; each other one has its part of
 * {@code bench.against}, between bars, in their place, and is the package of {@code bench.against.jar} on the JDK whose home is
 * {@code bench.against.java}, if there are any; these are on one database. Those of {@code bench.beside}, between bars, are other
 * programs, which somebody has started ({@link Contender#beside}).
 */
final class AgainstBench {
    private static final String BAR = "\\|";

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

    void run() throws Exception {
        StartedServer.Program program = StartedServer.Program.ofBench();
        StartedServer.Program other = program.or("bench.against.java", "bench.against.jar");
        String against = System.getProperty("bench.against", "");
        List<StartedServer> started = new ArrayList<>();
        try {
            started.add(start(System.getProperty("bench.options", ""), program));
            if (!against.isEmpty() || !other.equals(program)) {
                for (String options : against.split(BAR)) {
                    started.add(start(options, other));
                }
            }
            compare(Stream.concat(
                            IntStream.range(0, started.size())
                                    .mapToObj(i -> ours(i == 0 ? "the first" : "other " + i, started.get(i))),
                            besides())
                    .map(contender -> new Turns(contender, new ArrayList<>()))
                    .toList());
        } finally {
            started.forEach(StartedServer::close);
        }
    }

    private StartedServer start(String options, StartedServer.Program program) throws IOException {
        return StartedServer.start(scepgate.settings(), ImageOptions.with(options), program);
    }

    private Contender ours(String name, StartedServer server) {
        return new Contender(
                name, server.pid(), server.port(), target, count -> PreparedEnrolments.make(scepgate, count), warmUp);
    }

    private static Stream<Contender> besides() {
        return Stream.of(System.getProperty("bench.beside", "").split(BAR))
                .filter(description -> !description.isBlank())
                .map(Contender::beside);
    }

    private void compare(List<Turns> all) throws Exception {
        int warm =
                all.stream().mapToInt(turns -> turns.contender.warmUp()).max().orElseThrow();
        for (int done = 0; done < warm; done += enrolments) {
            StringBuilder costs = new StringBuilder();
            for (Turns turns : all) {
                costs.append(
                        done < turns.contender.warmUp() ? column(turn(turns.contender)) : String.format("%10s", ""));
            }
            say("warming up, %6d: %s ms", done + enrolments, costs);
        }
        List<Double> limits = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            RsaCost before = RsaCost.measure();
            // Each begins a round in its turn.
            for (int i = 0; i < all.size(); i++) {
                Turns next = all.get((round + i) % all.size());
                next.made.add(turn(next.contender));
            }
            double limit = RsaCost.measure().meanWith(before).perEnrolment();
            limits.add(limit);
            StringBuilder costs = new StringBuilder();
            for (Turns turns : all) {
                costs.append(column(turns.made.get(round)));
            }
            say("%17s: %s ms, the limit %.3f ms", "round " + (round + 1), costs, limit);
        }
        for (Turns turns : all) {
            report(turns, all.get(0), limits);
        }
    }

    private static String column(Turn turn) {
        return String.format(Locale.ROOT, "%10.3f", turn.cost);
    }

    private record Turns(Contender contender, List<Turn> made) {
        double middle(ToDoubleFunction<Turn> value) {
            return AgainstBench.middle(made.stream().mapToDouble(value).toArray());
        }

        /**
         * The middle of what each round says: what slows the machine down slows all of a round down.
         *
         * @param others a cost for each round
         */
        double middleRatio(IntToDoubleFunction others) {
            double[] ratios = new double[made.size()];
            Arrays.setAll(ratios, round -> made.get(round).cost / others.applyAsDouble(round));
            return AgainstBench.middle(ratios);
        }

        ThreadTimes threads() {
            return made.stream().map(Turn::threads).reduce(ThreadTimes::plus).orElseThrow();
        }
    }

    /** @param cost of the server's processor time for an enrolment, in ms */
    private record Turn(double cost, double perSecond, double median, double p99, ThreadTimes threads) {}

    private Turn turn(Contender server) throws Exception {
        PreparedEnrolments prepared = server.preparing().apply(enrolments);
        ThreadTimes threads = ThreadTimes.of(server.pid());
        Duration start = ProcessorTime.of(server.pid());
        Load load = Load.send(prepared.messages(), connections, server.port(), server.target());
        double cost = (double) ProcessorTime.of(server.pid()).minus(start).toMillis() / enrolments;
        ThreadTimes used = ThreadTimes.of(server.pid()).minus(threads);
        prepared.check(load.answers());
        return new Turn(cost, load.perSecond(), load.percentile(0.50), load.percentile(0.99), used);
    }

    private void report(Turns turns, Turns first, List<Double> limits) throws Exception {
        say(
                "%s: %.3f ms, %.3f of the first, %.2f of the limit, %.0f per s, p50 %.1f and p99 %.1f ms, the middle of %d turns of %d; %d MiB; %s",
                turns.contender.name(),
                turns.middle(Turn::cost),
                turns.middleRatio(round -> first.made.get(round).cost),
                turns.middleRatio(limits::get),
                turns.middle(Turn::perSecond),
                turns.middle(Turn::median),
                turns.middle(Turn::p99),
                turns.made.size(),
                enrolments,
                ResidentMemory.mebibytes(turns.contender.pid()),
                turns.threads().perEnrolment(enrolments * turns.made.size()));
    }

    private static double middle(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
