package org.scepgate.bench;

import java.math.BigInteger;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;

/**
 * A server that takes turns with others.
 *
 * @param preparing makes as many enrolments for it
 * @param warmUp how many enrolments come before the first that counts
 * @param server processor time until now of what does the work, without a database
 * @param database processor time until now of a database that is a program of its own
 * @param serials of the certificates that it has issued in turns
 */
record Contender(
        String name,
        long pid,
        int port,
        KeepAliveConnection.Target target,
        IntFunction<PreparedEnrolments> preparing,
        int warmUp,
        Supplier<Duration> server,
        Supplier<Duration> database,
        Set<BigInteger> serials) {

    /**
     * One of our servers.
     *
     * @param all our servers on that database: any of them may tell the events and seal the rows of an enrolment that
     *     another one did
     * @param serials of all of them, which have one CA
     */
    static Contender ours(
            Scepgate scepgate, String name, long pid, int port, List<Long> all, int warmUp, Set<BigInteger> serials)
            throws SQLException {
        long postmaster = Bench.postmaster(scepgate);
        return new Contender(
                name,
                pid,
                port,
                KeepAliveConnection.Target.OURS,
                count -> PreparedEnrolments.make(scepgate, count),
                warmUp,
                () -> all.stream().map(ProcessorTime::of).reduce(Duration.ZERO, Duration::plus),
                () -> ProcessorTime.ofFamily(postmaster),
                serials);
    }

    /**
     * Another program that is running.
     *
     * @param description name, number of its process, SCEP URL at {@code http://localhost:<port>}, challenge,
     *     {@code warmUp} and, where it has a PostgreSQL of its own, the number of the postmaster's process; between blanks
     */
    static Contender beside(String description) {
        String[] parts = description.strip().split(" +");
        if (parts.length < 5 || parts.length > 6) {
            throw new IllegalArgumentException(
                    "bench.beside: name, process, URL, challenge, enrolments to warm it up and, if it has one, postmaster: "
                            + description);
        }
        URI url = URI.create(parts[2]);
        if (!"http".equals(url.getScheme()) || !"localhost".equals(url.getHost()) || url.getPort() < 0) {
            throw new IllegalArgumentException("bench.beside: a URL at http://localhost:<port>, not " + url);
        }
        ScepEndpoint endpoint = new ScepEndpoint(url);
        long pid = Long.parseLong(parts[1]);
        return new Contender(
                parts[0],
                pid,
                url.getPort(),
                KeepAliveConnection.Target.pkiOperation(url.getRawPath()),
                count -> PreparedEnrolments.make(endpoint, parts[3], count),
                Integer.parseInt(parts[4]),
                () -> ProcessorTime.of(pid),
                () -> parts.length == 6 ? ProcessorTime.ofFamily(Long.parseLong(parts[5])) : Duration.ZERO,
                new HashSet<>());
    }
}
