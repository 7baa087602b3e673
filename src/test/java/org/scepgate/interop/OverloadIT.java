package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;

/** More requests at once than there are places: who finds none is told to come back, and loses nothing. */
@ExtendWith(Scepgate.Extension.class)
class OverloadIT {
    private static final int DEVICES = 32;

    private final Scepgate scepgate;

    OverloadIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @Test
    void turnsAwayWhatItHasNoPlaceForAndServesItLater() {
        // Two places are for the CRL and the seal, which the server makes by itself while devices come again one by
        // one.
        try (ServerProcess server = scepgate.startPeer(
                settings -> settings.with("scepgate.crypto.threads", "1").with("scepgate.crypto.queue", "2"))) {
            TestDevice device = TestDevice.withRsaKey(server.endpoint(Scepgate.DEMO));
            List<TestDevice> devices =
                    TestKeys.manyRsa(DEVICES).stream().map(device::another).toList();
            List<byte[]> messages = IntStream.range(0, DEVICES)
                    .mapToObj(i -> message(server, devices.get(i), "CN=overload-" + i))
                    .toList();

            List<HttpResponse<byte[]>> answers =
                    new Volley(List.of(server.endpoint(Scepgate.DEMO))).fireAndWait(messages);

            List<Integer> turnedAway = IntStream.range(0, DEVICES)
                    .filter(i -> answers.get(i).statusCode() == 503)
                    .boxed()
                    .toList();
            assertThat(turnedAway).isNotEmpty().hasSizeLessThan(DEVICES);
            assertThat(turnedAway).allSatisfy(i -> isToldToComeBack(answers.get(i)));
            assertThat(IntStream.range(0, DEVICES).filter(i -> !turnedAway.contains(i)))
                    .allSatisfy(i -> isServed(devices.get(i), answers.get(i)));
            // One line for all of them, and a number that says how many they were.
            assertThat(server.log().lines().filter(line -> line.contains("turned away")))
                    .hasSizeBetween(1, 3);
            assertThat(server.managed("/q/metrics"))
                    .contains("scepgate_crypto_rejected_total " + turnedAway.size() + ".0\n");
            assertThat(turnedAway)
                    .allSatisfy(i -> isServed(
                            devices.get(i), server.endpoint(Scepgate.DEMO).post(messages.get(i))));
        }
    }

    private byte[] message(ServerProcess server, TestDevice device, String subject) {
        TestMdm.Challenge challenge = scepgate.mdm(server).challenge(Scepgate.DEMO, subject);
        return device.request(device.csr(subject, challenge.secret())).build();
    }

    private static void isServed(TestDevice device, HttpResponse<byte[]> answer) {
        assertThat(device.read(answer).issued(device.signer())).isNotNull();
    }

    private static void isToldToComeBack(HttpResponse<byte[]> answer) {
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("the pool for cryptography is full");
    }
}
