package org.scepgate.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.scepgate.testing.Scepgate;

/**
 * What enrolments cost over one connection and over many, and what is left of them at three times what the server can do.
 * Size: {@code bench.enrolments} for each number of connections.
 */
final class LoadBench {
    private static final List<Integer> CONNECTIONS = List.of(1, 8, 32, 128);
    private static final int OVERLOAD = 3;
    private static final int OVERLOAD_CONNECTIONS = 512;
    private static final int OVERLOAD_ENROLMENTS = 3;

    private final Scepgate scepgate;
    private final KeepAliveConnection.Target target;
    private final int enrolments = Integer.getInteger("bench.enrolments", 3000);

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
        // The way out has to be warm too: the first overload of its life costs a server what the compiler takes.
        overload("the first time", best);
        overload("again", best);
    }

    /** @param varied what the first column holds */
    void sayHead(String varied) {
        say("");
        say("%d enrolments each, Java %s", enrolments, Runtime.version());
        say(
                "%12s %8s %8s %8s %12s %8s %12s %9s",
                varied, "per s", "p50 ms", "p99 ms", "server CPU", "/ RSA", "PostgreSQL", "RSS MiB");
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
        Load load = send(prepared, connections);
        double cost = (double) ProcessorTime.of(server).minus(start).toMillis() / enrolments;
        double postgresCost =
                (double) ProcessorTime.ofFamily(postgres).minus(postgresStart).toMillis() / enrolments;
        double limit = RsaCost.measure().meanWith(before).perEnrolment();
        say(
                "%12d %8.1f %8.1f %8.1f %9.2f ms %8.2f %9.2f ms %9d",
                varied,
                load.perSecond(),
                load.percentile(0.50),
                load.percentile(0.99),
                cost,
                cost / limit,
                postgresCost,
                ResidentMemory.mebibytes(server));
        return load.perSecond();
    }

    /** Every answer is checked: what is wrong is no enrolment. */
    private Load send(PreparedEnrolments prepared, int connections) throws Exception {
        Load load =
                Load.send(prepared.messages(), connections, scepgate.server().port(), target);
        prepared.check(load.answers());
        return load;
    }

    /** At a steady rate, whether or not the server keeps up; who is turned away with 503 tries again later. */
    private void overload(String which, double peak) throws Exception {
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
        prepared.checkThoseThereAre(result.answers());
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
