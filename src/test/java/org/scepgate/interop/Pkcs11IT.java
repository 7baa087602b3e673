package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.SoftHsm;
import org.scepgate.testing.TestDevice;

/** CAs whose keys are in an HSM: an RSA one and an elliptic one, in two tokens, their RAs beside them. */
@ExtendWith(Scepgate.Extension.class)
class Pkcs11IT {
    private static final String SUBJECT = "CN=device-7,O=Acme";

    private final Scepgate scepgate;

    @TempDir
    private Path folder;

    Pkcs11IT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @Test
    void enrolsBeforeAndAfterTheHsmWasAway() {
        try (SoftHsm hsm = SoftHsm.withTokens("first", "second").plugIn()) {
            Map<String, String> rsa = hsm.makeCa(folder, "first", "hsm-rsa", "rsa3072");
            Map<String, String> elliptic = hsm.makeCa(folder, "second", "hsm-ec", "ec384");
            try (ServerProcess server = start(hsm, rsa, elliptic)) {
                enrols(server, "hsm-rsa");
                enrols(server, "hsm-ec");
                losesNothing(hsm, server, "hsm-rsa");
                losesNothing(hsm, server, "hsm-ec");
            }
        }
    }

    private ServerProcess start(SoftHsm hsm, Map<String, String> rsa, Map<String, String> elliptic) {
        return scepgate.startPeer(
                settings -> settings.with(rsa)
                        .with(elliptic)
                        .profile("hsm-rsa", Map.of("ca", "hsm-rsa"))
                        .profile("hsm-ec", Map.of("ca", "hsm-ec")),
                hsm.environment());
    }

    private void enrols(ServerProcess server, String profile) {
        TestDevice device = TestDevice.withRsaKey(server.endpoint(profile));
        String secret = scepgate.mdm(server).challenge(profile, SUBJECT).secret();

        X509CertificateHolder issued = device.enrol(device.csr(SUBJECT, secret));

        X509CertificateHolder ca = CertificateJudge.read(folder.resolve(profile).resolve("ca.pem"));
        new CertificateJudge(ca).accepts(issued, folder);
    }

    /** The request that met no HSM is sent again as it is: its challenge is still good. */
    private void losesNothing(SoftHsm hsm, ServerProcess server, String profile) {
        TestDevice device = TestDevice.withRsaKey(server.endpoint(profile));
        String secret = scepgate.mdm(server).challenge(profile, SUBJECT).secret();
        MessageBuilder request = device.request(device.csr(SUBJECT, secret));
        hsm.unplug();

        HttpResponse<byte[]> away = device.endpoint().post(request.build());
        HttpResponse<byte[]> stillAway = device.endpoint().post(request.build());
        hsm.plugIn();
        HttpResponse<byte[]> back = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> device.endpoint().post(request.build()), answer -> answer.statusCode() == 200);

        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.headers().firstValue("Retry-After")).isPresent();
        assertThat(stillAway.statusCode()).isEqualTo(503);
        assertThat(device.read(back).issued(device.signer())).isNotNull();
        assertThat(server.log()).doesNotContain(SoftHsm.PIN).doesNotContain(secret);
    }
}
