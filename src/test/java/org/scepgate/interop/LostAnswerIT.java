package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.Soak;
import org.scepgate.testing.TcpProxy;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** The network breaks within an answer, wherever it may: the device asks again and has its certificate. */
@ExtendWith(Scepgate.Extension.class)
class LostAnswerIT {
    private static final int STEP = Soak.limit(200, 10);

    private final Scepgate scepgate;

    LostAnswerIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @Test
    void isGivenAgainWhereverItWasCut() throws Exception {
        TestDevice device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        int cuts = 0;
        boolean wasCut = true;
        try (TcpProxy network = TcpProxy.to(scepgate.server().port())) {
            for (int length = 0; wasCut; length += STEP) {
                String subject = "CN=lost-answer-" + length + ",O=Acme";
                TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, subject);
                byte[] csr = device.csr(subject, challenge.secret()).encoded();

                network.cutAnswersAfter(length);
                wasCut = answerTo(device.request(csr), network.port()) == length;
                cuts += wasCut ? 1 : 0;

                requireTheSameAgain(device, csr, challenge);
            }
        }
        assertThat(cuts).isGreaterThan(5);
        Soak.report("R6 answer cut after every %d bytes: %d cuts, each retry got the certificate it lost", STEP, cuts);
    }

    private void requireTheSameAgain(TestDevice device, byte[] csr, TestMdm.Challenge challenge) throws Exception {
        MessageBuilder again = device.request(csr);
        CertRep answer = device.send(again);
        assertThat(answer.recipientNonce()).isEqualTo(again.senderNonce());
        X509CertificateHolder certificate = answer.issued(device.signer());
        assertThat(Issued.in(scepgate.database()).forChallenge(challenge)).isEqualTo(List.of(certificate));
    }

    /** How many bytes of the answer came through before the end of the connection. */
    private static int answerTo(MessageBuilder request, int port) throws IOException {
        byte[] message = request.build();
        String head = "POST /scep/demo?operation=PKIOperation HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/x-pki-message\r\nContent-Length: " + message.length + "\r\n\r\n";
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(message);
            return socket.getInputStream().readAllBytes().length;
        }
    }
}
