package org.scepgate.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestMdm;

/** Measures what a challenge costs, beside the cheapest request there is. Size: {@code bench.challenges} (5000). */
final class ApiBench {
    private static final int CONNECTIONS = 8;
    private static final KeepAliveConnection.Target LIVE =
            new KeepAliveConnection.Target("GET", "/q/health/live", "", 200);

    private final Scepgate scepgate;
    private final int requests = Integer.getInteger("bench.challenges", 5000);

    ApiBench(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    private record Cost(double processorMillis, double p99) {}

    void run() throws Exception {
        if (requests == 0) {
            return;
        }
        String token = scepgate.identities().token("challenge-issuer");
        KeepAliveConnection.Target challenges = new KeepAliveConnection.Target(
                "POST",
                "/api/v1/challenges",
                "Content-Type: application/json\r\nAuthorization: Bearer " + token + "\r\n",
                201);
        byte[] wish = TestMdm.wish(Scepgate.DEMO, "CN=device-42,O=Acme", "device-42.acme.example")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        // The first round warms up.
        measure(LIVE, new byte[0]);
        measure(challenges, wish);
        Cost live = measure(LIVE, new byte[0]);
        Cost challenge = measure(challenges, wish);
        say("");
        say("%d challenges over %d connections, beside GET /q/health/live", requests, CONNECTIONS);
        say(
                "  server CPU        %8.3f ms each, %.1f times that of live (%.3f ms)",
                challenge.processorMillis(),
                challenge.processorMillis() / live.processorMillis(),
                live.processorMillis());
        say(
                "  latency           %8.1f ms p99, %.1f times that of live (%.1f ms)",
                challenge.p99(), challenge.p99() / live.p99(), live.p99());
    }

    private Cost measure(KeepAliveConnection.Target target, byte[] message) throws Exception {
        List<byte[]> messages = Collections.nCopies(requests, message);
        long server = scepgate.server().pid();
        int port = target == LIVE
                ? scepgate.server().management().getPort()
                : scepgate.server().port();
        Duration before = ProcessorTime.of(server);
        Load load = Load.send(messages, CONNECTIONS, port, target);
        Duration time = ProcessorTime.of(server).minus(before);
        return new Cost((double) time.toMillis() / requests, load.percentile(0.99));
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
