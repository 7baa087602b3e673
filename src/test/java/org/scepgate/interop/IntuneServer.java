package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestIntune;
import org.scepgate.testing.TestOperator;

/** A server whose profiles ask a stand-in for Microsoft's services, with a device before it. */
final class IntuneServer implements AutoCloseable {
    static final String PROFILE = "intune";
    /** Believes the accounts that requests name. */
    static final String SIDS = "intune-sids";

    static final String SUBJECT = "CN=device-7,OU=managed,O=Acme";

    private final SecureRandom random = new SecureRandom();
    private final Scepgate scepgate;
    private final TestIntune intune = TestIntune.start();
    private final ServerProcess server;
    private final TestDevice device;

    IntuneServer(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.server = scepgate.startPeer(settings -> settings.with(intune.settings())
                .with("scepgate.intune.breaker.failures", "100")
                .profile(PROFILE, Map.of("ca", "test", "authenticate-by", "intune"))
                .profile(SIDS, Map.of("ca", "test", "authenticate-by", "intune", "outside.account-sids", "true")));
        this.device = TestDevice.withRsaKey(server.endpoint(PROFILE));
    }

    TestIntune intune() {
        return intune;
    }

    ServerProcess process() {
        return server;
    }

    TestDevice device() {
        return device;
    }

    TestOperator operator() {
        return scepgate.operator(server);
    }

    /** As long as those of Intune, and as opaque. */
    String challenge() {
        return challenge(3000);
    }

    String challenge(int octets) {
        byte[] bytes = new byte[octets];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    X509CertificateHolder enrol() {
        return device.enrol(device.csr(SUBJECT, challenge()));
    }

    /** Why the last request of a transaction was refused. */
    String reasonOf(MessageBuilder message) {
        return operator().steps(message.transactionId()).get(0).get("reason").asText();
    }

    /** Those of a profile, newest first. */
    List<JsonNode> certificates() {
        List<JsonNode> certificates = new ArrayList<>();
        operator()
                .json("/api/v1/certificates?limit=200&profile=" + PROFILE)
                .get("items")
                .forEach(certificates::add);
        return certificates;
    }

    static void assertRefused(CertRep answer) {
        assertThat(answer.pkiStatus()).isEqualTo("2");
        assertThat(answer.failInfo()).contains("2");
        assertThat(answer.failInfoText()).contains("The request was refused.");
    }

    /** With the headers of a call to the validation API. */
    static void assertCalledAsDocumented(LoggedRequest call) {
        assertThat(call.getHeader("api-version")).isEqualTo("2018-02-20");
        assertThat(call.getHeader("Content-Type")).startsWith("application/json");
        assertThat(call.getHeader("Authorization")).isEqualTo("Bearer " + TestIntune.INTUNE_TOKEN);
        assertThat(call.getHeader("UserAgent")).isEqualTo("Scepgate/1.0");
        assertThat(call.getHeader("client-request-id")).hasSize(36);
    }

    @Override
    public void close() {
        server.close();
        intune.close();
    }
}
