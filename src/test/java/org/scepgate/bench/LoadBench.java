package org.scepgate.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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

    private final Contender contender;
    private final int enrolments = Integer.getInteger("bench.enrolments", 3000);

    LoadBench(Scepgate scepgate) throws SQLException {
        long pid = scepgate.server().pid();
        this.contender = Contender.ours(scepgate, "", pid, scepgate.server().port(), List.of(pid), 0, new HashSet<>());
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
        PreparedEnrolments prepared = contender.preparing().apply(enrolments);
        RsaCost before = RsaCost.measure();
        Turns.Turn turn = Turns.take(contender, prepared, connections);
        double limit = RsaCost.measure().meanWith(before).perEnrolment();
        say(
                "%12d %8.1f %8.1f %8.1f %9.2f ms %8.2f %9.2f ms %9d %9.0f %%",
                varied,
                turn.perSecond(),
                turn.p50(),
                turn.p99(),
                turn.server(),
                turn.server() / limit,
                turn.database(),
                turn.resident(),
                100
                        * turn.perSecond()
                        * turn.server()
                        / 1000
                        / Runtime.getRuntime().availableProcessors());
        return turn.perSecond();
    }

    /** At a steady rate, whether or not the server keeps up; who is turned away with 503 tries again later. */
    private Overload.Result overload(String which, double peak) throws Exception {
        PreparedEnrolments prepared = contender.preparing().apply(OVERLOAD_ENROLMENTS * enrolments);
        Overload overload = new Overload(contender.port(), contender.target(), OVERLOAD_CONNECTIONS);
        long generator = ProcessHandle.current().pid();
        Duration serverBefore = ProcessorTime.of(contender.pid());
        Duration databaseBefore = contender.database().get();
        Duration generatorBefore = ProcessorTime.of(generator);
        ThreadTimes threadsBefore = ThreadTimes.of(contender.pid());
        Overload.Result result = overload.send(prepared.messages(), OVERLOAD * peak);
        ThreadTimes threads = ThreadTimes.of(contender.pid()).minus(threadsBefore);
        Duration server = ProcessorTime.of(contender.pid()).minus(serverBefore);
        Duration database = contender.database().get().minus(databaseBefore);
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
                "in %.1f s the server used %.1f s of a core, PostgreSQL %.1f s, the generator %.1f s: %.2f ms of the server per enrolment: %s",
                result.seconds(),
                server.toMillis() / 1e3,
                database.toMillis() / 1e3,
                generatorTime.toMillis() / 1e3,
                server.toMillis() / (result.servedPerSecond() * result.seconds()),
                threads.perEnrolment((int) (result.servedPerSecond() * result.seconds())));
        prepared.checkThoseThereAre(result.answers(), contender.serials());
        return result;
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
