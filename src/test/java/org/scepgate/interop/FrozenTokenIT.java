package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.Soak;
import org.scepgate.testing.SoftHsm;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** A token that takes what it is asked and never answers: p11-kit's server is stopped (SIGSTOP). */
@ExtendWith(Scepgate.Extension.class)
class FrozenTokenIT {
    private static final String SUBJECT = "CN=frozen-token,O=Acme";
    private static final String CA = "hsm";
    private static final int REQUESTS = 20;
    /** A minute until the server knows, and the time to ask it. */
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(75);
    /** A line for each try, and one for each thread that stands: they must not fill a disk until it is started again. */
    private static final int MOST_OF_LOG = 100_000;

    private final Scepgate scepgate;

    @TempDir
    private Path folder;

    FrozenTokenIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @Test
    void isNotAliveAndLosesNothingOnceItIsStartedAgain() {
        try (SoftHsm hsm = SoftHsm.withTokens("only").plugIn()) {
            Map<String, String> token = hsm.makeCa(folder, "only", CA, "rsa3072");
            try (ServerProcess server = scepgate.startPeer(
                    settings -> settings.with(token)
                            .profile(CA, Map.of("ca", CA))
                            // No more than the token has sessions: those that wait for one give up, and are free again.
                            .with("scepgate.crypto.threads", "2"),
                    hsm.environment())) {
                TestMdm.Challenge challenge = scepgate.mdm(server).challenge(CA, SUBJECT);
                ScepEndpoint endpoint = server.endpoint(CA);
                TestDevice device = TestDevice.withRsaKey(endpoint);
                byte[] message =
                        device.request(device.csr(SUBJECT, challenge.secret())).build();
                hsm.freeze();
                Instant frozen = Instant.now();
                int logged = server.log().length();

                List<HttpResponse<byte[]>> answers =
                        new Volley(List.of(endpoint)).fireAndWait(Collections.nCopies(REQUESTS, message));
                assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(503);
                assertThat(answers)
                        .allMatch(answer ->
                                answer.headers().firstValue("Retry-After").isPresent());
                Awaitility.await()
                        .atMost(KNOWN_WITHIN)
                        .until(() -> liveness(server).statusCode() == 503);
                Soak.report(
                        "a token hangs: %d requests turned away, liveness is DOWN after %d s",
                        REQUESTS, Duration.between(frozen, Instant.now()).toSeconds());
                assertThat(new String(liveness(server).body())).contains("\"cryptography\"", "DOWN");
                assertThat(server.log().substring(logged))
                        .hasSizeLessThan(MOST_OF_LOG)
                        .containsPattern("has been at one operation for a minute: [^\\n]*sun\\.security\\.pkcs11");

                server.kill();
                hsm.unplug();
                hsm.plugIn();
                server.restart();
                assertThat(liveness(server).statusCode()).isEqualTo(200);
                assertThat(device.read(endpoint.post(message)).issued(device.signer()))
                        .isNotNull();
                assertThat(scepgate.mdm(server).stateOf(challenge)).isEqualTo("REDEEMED");
            }
        }
    }

    private static HttpResponse<byte[]> liveness(ServerProcess server) {
        URI live = server.management().resolve("/q/health/live");
        return ScepEndpoint.send(HttpRequest.newBuilder(live).build());
    }
}
