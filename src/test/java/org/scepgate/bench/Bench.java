package org.scepgate.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.security.Security;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scepgate.ca.FastCrypto;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;

/**
 * Measures enrolments per second, their latency and what each costs the processor.
 *
 * <p>System properties: {@code bench.enrolments} (3000), {@code bench.warmup} (2000), {@code bench.connections} (8). Instead it
 * measures {@link AgainstBench} with {@code bench.rounds}, {@link InventoryBench} with {@code bench.certificates},
 * {@link GrowthBench} with {@code bench.growth}, {@link LoadBench} with {@code bench.loads} and {@link StartupBench} with
 * {@code bench.startup}. {@code bench.options} are options for the server's JVM beside the image's, and {@code bench.profile} a
 * file for a recording of what it does while it is measured.
 */
public final class Bench {
    private static final int STEP = 4000;

    private final int enrolments = Integer.getInteger("bench.enrolments", 3000);
    private final int warmUp = Integer.getInteger("bench.warmup", 2000);
    private final int connections = Integer.getInteger("bench.connections", 8);

    private Bench() {}

    public static void main(String... arguments) throws Exception {
        // In seconds: less than the server leaves a connection idle, which it would end while it is being used again.
        System.setProperty("jdk.httpclient.keepalive.timeout", "20");
        // The devices' part costs the clock nothing, but time to prepare.
        FastCrypto.load().provider().ifPresent(fast -> Security.insertProviderAt(fast, 1));
        try (Scepgate scepgate = Scepgate.start(environment())) {
            int certificates = Integer.getInteger("bench.certificates", 0);
            if (Boolean.getBoolean("bench.startup")) {
                new StartupBench(scepgate).run();
            } else if (certificates > 0) {
                new InventoryBench(scepgate, certificates).run();
            } else if (Integer.getInteger("bench.growth", 0) > 0) {
                Bench bench = new Bench();
                bench.warm(scepgate);
                new GrowthBench(scepgate, bench.connections).run(Integer.getInteger("bench.growth"));
            } else if (Integer.getInteger("bench.rounds", 0) > 0) {
                Bench bench = new Bench();
                new AgainstBench(scepgate, bench.connections).run();
            } else if (Boolean.getBoolean("bench.loads")) {
                new Bench().warm(scepgate);
                new LoadBench(scepgate).run();
            } else {
                new Bench().run(scepgate);
                new ApiBench(scepgate).run();
            }
        }
    }

    /** As in the image, with the options that are tried. */
    private static Map<String, String> environment() throws IOException {
        return Map.of(
                ServerProcess.JVM_OPTIONS,
                String.join(" ", ImageOptions.with(System.getProperty("bench.options", ""))),
                "MALLOC_ARENA_MAX",
                "2");
    }

    private void run(Scepgate scepgate) throws Exception {
        warm(scepgate);
        say("Preparing %d enrolments ...", enrolments);
        PreparedEnrolments prepared = PreparedEnrolments.make(scepgate, enrolments);
        RsaCost before = RsaCost.measure();

        long server = scepgate.server().pid();
        long postgres = postmaster(scepgate);
        ThreadTimes threadsBefore = ThreadTimes.of(server);
        Duration serverBefore = ProcessorTime.of(server);
        Duration postgresBefore = ProcessorTime.ofFamily(postgres);
        Duration generatorBefore = ProcessorTime.of(ProcessHandle.current().pid());
        Load load = profiled(scepgate, prepared);
        Duration serverTime = ProcessorTime.of(server).minus(serverBefore);
        Duration postgresTime = ProcessorTime.ofFamily(postgres).minus(postgresBefore);
        Duration generatorTime = ProcessorTime.of(ProcessHandle.current().pid()).minus(generatorBefore);
        ThreadTimes threads = ThreadTimes.of(server).minus(threadsBefore);

        RsaCost rsa = RsaCost.measure().meanWith(before);
        say("Checking every answer ...");
        prepared.check(load.answers(), new HashSet<>());
        report(load, perEnrolment(serverTime), perEnrolment(postgresTime), rsa);
        say("  of the server     %s", threads.perEnrolment(enrolments));
        say("  generator CPU     %8.2f ms per enrolment", perEnrolment(generatorTime));
    }

    /** In steps, so that one sees when it is warm: the JVM compiles beside the work, and the less the longer it runs. */
    private void warm(Scepgate scepgate) throws Exception {
        long server = scepgate.server().pid();
        for (int done = 0; done < warmUp; done += STEP) {
            int count = Math.min(STEP, warmUp - done);
            List<byte[]> messages = PreparedEnrolments.make(scepgate, count).messages();
            ThreadTimes threads = ThreadTimes.of(server);
            Duration time = ProcessorTime.of(server);
            post(scepgate, messages);
            double each = (double) ProcessorTime.of(server).minus(time).toMillis() / count;
            say(
                    "  warming, %6d   %8.2f ms per enrolment: %s",
                    done + count, each, ThreadTimes.of(server).minus(threads).perEnrolment(count));
        }
    }

    private Load profiled(Scepgate scepgate, PreparedEnrolments prepared) throws Exception {
        String file = System.getProperty("bench.profile", "");
        if (file.isEmpty()) {
            return post(scepgate, prepared.messages());
        }
        try (Profile running = Profile.start(scepgate.server().pid(), Path.of(file))) {
            return post(scepgate, prepared.messages());
        }
    }

    private void report(Load load, double server, double postgres, RsaCost rsa) {
        say("");
        say(
                "%d enrolments over %d connections, Java %s, %d cores",
                enrolments, connections, Runtime.version(), cores());
        say("  enrolments/s      %8.1f", load.perSecond());
        say("  latency           %8.1f ms p50, %.1f ms p99", load.percentile(0.50), load.percentile(0.99));
        say("  server CPU        %8.2f ms per enrolment", server);
        say("  PostgreSQL CPU    %8.2f ms per enrolment", postgres);
        say("  RSA by OpenSSL    %8.2f ms per enrolment: %s", rsa.perEnrolment(), rsa);
        say("  server CPU / RSA  %8.2f", server / rsa.perEnrolment());
        say("Every answer was SUCCESS, opened with its device's key and had a serial number of its own.");
    }

    private Load post(Scepgate scepgate, List<byte[]> messages) throws Exception {
        return Load.send(messages, connections, scepgate.server().port(), KeepAliveConnection.Target.OURS);
    }

    private double perEnrolment(Duration time) {
        return (double) time.toMillis() / enrolments;
    }

    /** Every backend is a child of the process that keeps the database. */
    static long postmaster(Scepgate scepgate) throws SQLException {
        try (Connection connection = scepgate.database().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return ProcessorTime.parentOf(row.getLong(1));
        }
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
