package org.scepgate.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.scepgate.testing.Scepgate;

/**
 * Measures enrolments per second, their latency and what each costs the processor.
 *
 * <p>System properties: {@code bench.enrolments} (3000), {@code bench.warmup} (2000), {@code bench.connections} (8); with
 * {@code bench.certificates} it measures {@link InventoryBench} instead, with {@code bench.loads} {@link LoadBench}, with
 * {@code bench.startup} {@link StartupBench} alone.
 */
public final class Bench {
    private static final KeepAliveConnection.Target TARGET = new KeepAliveConnection.Target(
            "POST",
            "/scep/" + Scepgate.DEMO + "?operation=PKIOperation",
            "Content-Type: application/x-pki-message\r\n",
            200);

    private final int enrolments = Integer.getInteger("bench.enrolments", 3000);
    private final int warmUp = Integer.getInteger("bench.warmup", 2000);
    private final int connections = Integer.getInteger("bench.connections", 8);

    private Bench() {}

    public static void main(String... arguments) throws Exception {
        try (Scepgate scepgate = Scepgate.start()) {
            int certificates = Integer.getInteger("bench.certificates", 0);
            if (Boolean.getBoolean("bench.startup")) {
                new StartupBench(scepgate).run();
            } else if (certificates > 0) {
                new InventoryBench(scepgate, certificates).run();
            } else if (Boolean.getBoolean("bench.loads")) {
                new LoadBench(scepgate, TARGET).run();
            } else {
                new Bench().run(scepgate);
                new ApiBench(scepgate).run();
                new StartupBench(scepgate).run();
            }
        }
    }

    private void run(Scepgate scepgate) throws Exception {
        say("Preparing %d enrolments and %d to warm up ...", enrolments, warmUp);
        PreparedEnrolments prepared = PreparedEnrolments.make(scepgate, warmUp + enrolments);
        List<byte[]> messages = prepared.messages();
        Load warm = post(scepgate, messages.subList(0, warmUp));
        RsaCost before = RsaCost.measure();

        long server = scepgate.server().pid();
        long postgres = postmaster(scepgate);
        Duration serverBefore = ProcessorTime.of(server);
        Duration postgresBefore = ProcessorTime.ofFamily(postgres);
        Load load = post(scepgate, messages.subList(warmUp, messages.size()));
        Duration serverTime = ProcessorTime.of(server).minus(serverBefore);
        Duration postgresTime = ProcessorTime.ofFamily(postgres).minus(postgresBefore);

        RsaCost rsa = RsaCost.measure().meanWith(before);
        say("Checking every answer ...");
        prepared.check(joined(warm.answers(), load.answers()));
        report(load, perEnrolment(serverTime), perEnrolment(postgresTime), rsa);
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
        return Load.send(messages, connections, scepgate.server().port(), TARGET);
    }

    private double perEnrolment(Duration time) {
        return (double) time.toMillis() / enrolments;
    }

    /** Every backend is a child of the process that keeps the database. */
    private static long postmaster(Scepgate scepgate) throws SQLException {
        try (Connection connection = scepgate.database().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return ProcessorTime.parentOf(row.getLong(1));
        }
    }

    private static byte[][] joined(byte[][] first, byte[][] second) {
        byte[][] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
