package org.scepgate.bench;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
    private static final String SEPARATOR = "\\|";

    private final Scepgate scepgate;
    private final int connections;
    private final int enrolments = Integer.getInteger("bench.enrolments", 3000);
    private final int warmUp = Integer.getInteger("bench.warmup", 2000);
    private final int rounds = Integer.getInteger("bench.rounds", 0);

    AgainstBench(Scepgate scepgate, int connections) {
        this.scepgate = scepgate;
        this.connections = connections;
    }

    void run() throws Exception {
        List<Contender> others = Stream.of(
                        System.getProperty("bench.beside", "").split(SEPARATOR))
                .filter(description -> !description.isBlank())
                .map(Contender::beside)
                .toList();
        List<StartedServer> started = new ArrayList<>();
        try {
            startOthers(started);
            long first = scepgate.server().pid();
            List<Long> pids = Stream.concat(Stream.of(first), started.stream().map(StartedServer::pid))
                    .toList();
            Set<BigInteger> serials = new HashSet<>();
            List<Contender> all = new ArrayList<>();
            all.add(Contender.ours(
                    scepgate, "the first", first, scepgate.server().port(), pids, warmUp, serials));
            for (StartedServer other : started) {
                all.add(Contender.ours(
                        scepgate, "other " + all.size(), other.pid(), other.port(), pids, warmUp, serials));
            }
            all.addAll(others);
            compare(all.stream().map(Turns::of).toList());
        } finally {
            started.forEach(StartedServer::close);
        }
    }

    private void startOthers(List<StartedServer> started) throws IOException {
        StartedServer.Program program = StartedServer.Program.ofBench();
        StartedServer.Program other = program.or("bench.against.java", "bench.against.jar");
        String against = System.getProperty("bench.against", "");
        if (against.isEmpty() && other.equals(program)) {
            return;
        }
        for (String options : against.split(SEPARATOR)) {
            started.add(StartedServer.start(scepgate.settings(), ImageOptions.with(options), other));
        }
    }

    private void compare(List<Turns> contenders) throws Exception {
        int warm = contenders.stream()
                .mapToInt(turns -> turns.contender().warmUp())
                .max()
                .orElseThrow();
        for (int done = 0; done < warm; done += enrolments) {
            StringBuilder costs = new StringBuilder();
            for (Turns turns : contenders) {
                costs.append(done < turns.contender().warmUp() ? column(take(turns)) : " ".repeat(10));
            }
            say("warming up, %6d: %s ms", done + enrolments, costs);
        }
        List<Double> limits = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            RsaCost before = RsaCost.measure();
            // Each begins a round in its turn.
            for (int i = 0; i < contenders.size(); i++) {
                Turns next = contenders.get((round + i) % contenders.size());
                next.all().add(take(next));
            }
            double limit = RsaCost.measure().meanWith(before).perEnrolment();
            limits.add(limit);
            StringBuilder costs = new StringBuilder();
            for (Turns turns : contenders) {
                costs.append(column(turns.all().get(round)));
            }
            say("%17s: %s ms, the limit %.3f ms", "round " + (round + 1), costs, limit);
        }
        for (Turns turns : contenders) {
            report(turns, contenders.get(0), limits);
        }
    }

    private Turns.Turn take(Turns turns) throws Exception {
        return Turns.take(turns.contender(), turns.contender().preparing().apply(enrolments), connections);
    }

    private static String column(Turns.Turn turn) {
        return String.format(Locale.ROOT, "%10.3f", turn.server());
    }

    private void report(Turns turns, Turns first, List<Double> limits) {
        say(
                "%s: %.3f ms, %.3f of the first, %.2f of the limit; its database %.3f ms, with it %.3f of the first",
                turns.contender().name(),
                turns.median(Turns.Turn::server),
                turns.medianRatio(
                        Turns.Turn::server, round -> first.all().get(round).server()),
                turns.medianRatio(Turns.Turn::server, limits::get),
                turns.median(Turns.Turn::database),
                turns.medianRatio(
                        Turns.Turn::withDatabase,
                        round -> first.all().get(round).withDatabase()));
        say(
                "    %.0f per s, p50 %.1f and p99 %.1f ms, %.0f MiB; %s; the medians of %d turns of %d",
                turns.median(Turns.Turn::perSecond),
                turns.median(Turns.Turn::p50),
                turns.median(Turns.Turn::p99),
                turns.median(Turns.Turn::resident),
                turns.threads().perEnrolment(enrolments * turns.all().size()),
                turns.all().size(),
                enrolments);
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
