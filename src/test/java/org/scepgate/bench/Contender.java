package org.scepgate.bench;

import java.net.URI;
import java.util.function.IntFunction;
import org.scepgate.testing.ScepEndpoint;

/**
 * A server that takes turns with others.
 *
 * @param preparing makes as many enrolments for it
 * @param warmUp how many enrolments come before the first that counts
 */
record Contender(
        String name,
        long pid,
        int port,
        KeepAliveConnection.Target target,
        IntFunction<PreparedEnrolments> preparing,
        int warmUp) {

    /**
     * Another program that is running.
     *
     * @param description name, number of its process, SCEP URL, challenge and {@code warmUp}, between blanks
     */
    static Contender beside(String description) {
        String[] parts = description.strip().split(" +");
        if (parts.length != 5) {
            throw new IllegalArgumentException(
                    "bench.beside: name, process, URL, challenge and enrolments to warm it up: " + description);
        }
        URI url = URI.create(parts[2]);
        ScepEndpoint endpoint = new ScepEndpoint(url);
        return new Contender(
                parts[0],
                Long.parseLong(parts[1]),
                url.getPort(),
                KeepAliveConnection.Target.pkiOperation(url.getRawPath()),
                count -> PreparedEnrolments.make(endpoint, parts[3], count),
                Integer.parseInt(parts[4]));
    }
}
