package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerLoad;
import org.scepgate.testing.Soak;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** What is small to send and would be dear to read is refused before it is read, and leaves nothing behind. */
@ExtendWith(Scepgate.Extension.class)
class ResourceBombIT {
    private static final int WARM_UP = Soak.choose(1, 300);
    private static final int REPEATS = Soak.choose(4, 300);
    // The short form runs code that the JVM has not compiled yet, on a machine that does other work.
    private static final Duration MOST = Duration.ofMillis(Soak.limit(1000, 20));
    private static final int SMALL = Soak.choose(4, 100);
    private static final double GROWTH = Soak.limit(150, 105) / 100.0;

    private final Scepgate scepgate;
    private final TestDevice device;

    ResourceBombIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
    }

    @Test
    void eachIsRefusedAtALowPriceAndLeavesNothingBehind() throws SQLException {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, "CN=bomb");
        Map<String, Bomb> bombs = bombs(challenge);
        ServerLoad load = new ServerLoad(scepgate.server());
        int logged = scepgate.server().log().length();
        long certificates = Issued.in(scepgate.database()).count();
        SoftAssertions.assertSoftly(soft -> bombs.forEach(
                (name, bomb) -> soft.assertThat(bomb.send(device)).as(name).isEqualTo(bomb.answer())));
        bombs.values().forEach(bomb -> send(bomb, WARM_UP));
        long before = heapInUse(load);

        Map<String, Duration> prices = new LinkedHashMap<>();
        bombs.forEach((name, bomb) -> prices.put(name, priceOf(load, bomb)));

        long after = heapInUse(load);
        Map.Entry<String, Duration> dearest =
                prices.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        Soak.report(
                "R12 %d bombs, %d times each: the dearest, %s, took %.1f ms of CPU; heap after GC %d KiB, then %d KiB",
                prices.size(),
                REPEATS,
                dearest.getKey(),
                dearest.getValue().toNanos() / 1e6,
                before >> 10,
                after >> 10);
        SoftAssertions.assertSoftly(soft ->
                prices.forEach((name, price) -> soft.assertThat(price).as(name).isLessThan(MOST)));
        assertThat(after).isLessThan((long) (before * GROWTH));
        assertThat(Issued.in(scepgate.database()).count()).isEqualTo(certificates);
        assertThat(scepgate.mdm().stateOf(challenge)).isEqualTo("ISSUED");
        assertThat(scepgate.server().log().substring(logged).lines())
                .noneMatch(line -> line.contains("\"level\":\"ERROR\""));
    }

    private Map<String, Bomb> bombs(TestMdm.Challenge challenge) {
        Map<String, Bomb> all =
                new ApiBombs(scepgate.server().url(), scepgate.identities().token("challenge-issuer")).requests();
        new ResourceBombs(device, "CN=bomb", challenge.secret())
                .messages()
                .forEach((name, bomb) -> all.put("pkiMessage: " + name, bomb));
        return all;
    }

    /** Once every thread and connection has had something small after the last bomb, of which each holds a part until then. */
    private long heapInUse(ServerLoad load) {
        byte[] small = device.request(device.csr("CN=bomb", "wrong")).build();
        for (int i = 0; i < SMALL; i++) {
            device.endpoint().post(small);
        }
        return load.heapInUse();
    }

    private static Duration priceOf(ServerLoad load, Bomb bomb) {
        Duration begin = load.processorTime();
        send(bomb, REPEATS);
        return load.processorTime().minus(begin).dividedBy(REPEATS);
    }

    private static void send(Bomb bomb, int times) {
        for (int i = 0; i < times; i++) {
            ScepEndpoint.send(bomb.request());
        }
    }
}
