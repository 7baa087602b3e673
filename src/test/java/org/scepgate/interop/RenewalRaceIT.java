package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;

/** Fifty times the same renewal at the same time, on two servers that share a database. */
@ExtendWith(Scepgate.Extension.class)
class RenewalRaceIT {
    private static final int PARALLEL = 50;
    private static final String SUBJECT = "CN=renewal-race.acme.example,O=Acme";

    private final Scepgate scepgate;

    RenewalRaceIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @Test
    void givesOneCertificateEveryTime() throws SQLException {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        TestDevice stranger = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        TestDevice device = stranger.holding(stranger.enrol(stranger.csr(SUBJECT, challenge.secret())));
        TestCsr csr = TestCsr.of(TestKeys.rsa()).subject(SUBJECT);
        byte[] encoded = csr.encoded();
        List<byte[]> messages = IntStream.range(0, PARALLEL)
                .mapToObj(i -> device.request(encoded)
                        .messageType(i % 2 == 0 ? "17" : "19")
                        .build())
                .toList();

        List<HttpResponse<byte[]>> answers;
        try (ServerProcess peer = scepgate.startPeer()) {
            answers = new Volley(List.of(scepgate.endpoint(Scepgate.DEMO), peer.endpoint(Scepgate.DEMO)))
                    .fireAndWait(messages);
        }

        List<X509CertificateHolder> renewed = answers.stream()
                .map(answer -> device.read(answer).issued(device.signer()))
                .distinct()
                .toList();
        assertThat(renewed).hasSize(1);
        assertThat(Issued.in(scepgate.database()).renewalsOf(device.signer().certificate()))
                .isEqualTo(renewed);
    }
}
