package org.scepgate.bench;

import java.math.BigInteger;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.scepgate.testing.Scepgate;

/**
 * What enrolments cost over one connection and over many, and what is left of them at three times what the server can do.
 * Size: {@code bench.enrolments} for each number of connections.
 */
final class LoadBench {
    private static final List<Integer> CONNECTIONS = List.of(1, 8, 32, 128);
    private static final int AT_PEAK = 32;
    private static final int OVERLOAD = 3;
    private static final int OVERLOAD_CONNECTIONS = 512;
    private static final int OVERLOAD_ENROLMENTS = 3;

    private final Scepgate scepgate;
    private final KeepAliveConnection.Target target;
    private final int enrolments = Integer.getInteger("bench.enrolments", 3000);
    private final Set<BigInteger> serials = new HashSet<>();

    LoadBench(Scepgate scepgate, KeepAliveConnection.Target target) {
        this.scepgate = scepgate;
        this.target = target;
    }

    void run() throws Exception {
        sayHead("connections");
        double best = 0;
        for (int connections : CONNECTIONS) {
            best = Math.max(best, measure(connections, connections));
        }
        double before = measure(AT_PEAK, AT_PEAK);
        // The way out has to be warm too: the first overload of its life costs a server what the compiler takes.
        for (String which : List.of("the first time", "again")) {
            Overload.Result overload = overload(which, best);
            // The machine differs from minute to minute.
            double after = measure(AT_PEAK, AT_PEAK);
            say(
                    "%s: %.0f %% of what was served right before and after",
                    which, 200 * overload.servedPerSecond() / (before + after));
            before = after;
        }
    }

    /** @param varied what the first column holds */
    void sayHead(String varied) {
        say("");
        say("%d enrolments each, Java %s", enrolments, Runtime.version());
        say(
                "%12s %8s %8s %8s %12s %8s %12s %9s %11s",
                varied, "per s", "p50 ms", "p99 ms", "server CPU", "/ RSA", "PostgreSQL", "RSS MiB", "of cores");
    }

    /**
     * A row, and what it says of enrolments per second.
     *
     * @param varied for the first column
     */
    double measure(int varied, int connections) throws Exception {
        PreparedEnrolments prepared = PreparedEnrolments.make(scepgate, enrolments);
        RsaCost before = RsaCost.measure();
        long server = scepgate.server().pid();
        long postgres = Bench.postmaster(scepgate);
        Duration start = ProcessorTime.of(server);
        Duration postgresStart = ProcessorTime.ofFamily(postgres);
        Load load =
                Load.send(prepared.messages(), connections, scepgate.server().port(), target);
        long resident = ResidentMemory.mebibytes(server);
        double cost = (double) ProcessorTime.of(server).minus(start).toMillis() / enrolments;
        double postgresCost =
                (double) ProcessorTime.ofFamily(postgres).minus(postgresStart).toMillis() / enrolments;
        prepared.check(load.answers(), serials);
        double limit = RsaCost.measure().meanWith(before).perEnrolment();
        say(
                "%12d %8.1f %8.1f %8.1f %9.2f ms %8.2f %9.2f ms %9d %9.0f %%",
                varied,
                load.perSecond(),
                load.percentile(0.50),
                load.percentile(0.99),
                cost,
                cost / limit,
                postgresCost,
                resident,
                100 * load.perSecond() * cost / 1000 / Runtime.getRuntime().availableProcessors());
        return load.perSecond();
    }

    /** At a steady rate, whether or not the server keeps up; who is turned away with 503 tries again later. */
    private Overload.Result overload(String which, double peak) throws Exception {
        PreparedEnrolments prepared = PreparedEnrolments.make(scepgate, OVERLOAD_ENROLMENTS * enrolments);
        Overload overload = new Overload(scepgate.server().port(), target, OVERLOAD_CONNECTIONS);
        long generator = ProcessHandle.current().pid();
        Duration serverBefore = ProcessorTime.of(scepgate.server().pid());
        Duration generatorBefore = ProcessorTime.of(generator);
        ThreadTimes threadsBefore = ThreadTimes.of(scepgate.server().pid());
        Overload.Result result = overload.send(prepared.messages(), OVERLOAD * peak);
        ThreadTimes threads = ThreadTimes.of(scepgate.server().pid()).minus(threadsBefore);
        Duration server = ProcessorTime.of(scepgate.server().pid()).minus(serverBefore);
        Duration generatorTime = ProcessorTime.of(generator).minus(generatorBefore);
        say(
                "%s: %.0f requests/s offered, %.1f times the peak: %.1f enrolments/s, %.0f %% of the peak; %d times 503",
                which,
                result.offeredPerSecond(),
                result.offeredPerSecond() / peak,
                result.servedPerSecond(),
                100 * result.servedPerSecond() / peak,
                result.turnedAway());
        say(
                "in %.1f s the server used %.1f s of a core, the generator %.1f s: %.2f ms of the server per enrolment: %s",
                result.seconds(),
                server.toMillis() / 1e3,
                generatorTime.toMillis() / 1e3,
                server.toMillis() / (result.servedPerSecond() * result.seconds()),
                threads.perEnrolment((int) (result.servedPerSecond() * result.seconds())));
        prepared.checkThoseThereAre(result.answers(), serials);
        return result;
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
