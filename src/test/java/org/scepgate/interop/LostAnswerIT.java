package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final Scepgate scepgate;

    LostAnswerIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @Test
    void isGivenAgainWhereverItWasCut() throws Exception {
        TestDevice device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        int cuts = 0;
        byte[] came = {};
        try (TcpProxy network = TcpProxy.to(scepgate.server().port())) {
            for (int length = 0; came.length == length - STEP || length == 0; length += STEP) {
                String subject = "CN=lost-answer-" + length + ",O=Acme";
                TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, subject);
                byte[] csr = device.csr(subject, challenge.secret()).encoded();

                network.cutAnswersAfter(length);
                came = answerTo(device.request(csr), network.port());
                cuts += came.length == length ? 1 : 0;

                requireTheSameAgain(device, csr, challenge);
            }
        }
        assertThat(contentOf(came)).as("the last answer, which came whole").hasSize(lengthIn(came));
        assertThat(cuts).isBetween(came.length / STEP - 1, came.length / STEP + 2);
        Soak.report("R6 answer cut after every %d bytes: %d cuts, each retry got the certificate it lost", STEP, cuts);
    }

    private void requireTheSameAgain(TestDevice device, byte[] csr, TestMdm.Challenge challenge) throws Exception {
        MessageBuilder again = device.request(csr);
        CertRep answer = device.send(again);
        assertThat(answer.recipientNonce()).isEqualTo(again.senderNonce());
        X509CertificateHolder certificate = answer.issued(device.signer());
        assertThat(Issued.in(scepgate.database()).forChallenge(challenge)).isEqualTo(List.of(certificate));
    }

    private static byte[] contentOf(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("HTTP/1.1 200 ").containsIgnoringCase("application/x-pki-message");
        return Arrays.copyOfRange(answer, text.indexOf("\r\n\r\n") + 4, answer.length);
    }

    private static int lengthIn(byte[] answer) {
        Matcher length = LENGTH.matcher(new String(answer, StandardCharsets.ISO_8859_1));
        assertThat(length.find()).isTrue();
        return Integer.parseInt(length.group(1));
    }

    /** What came through of the answer before the end of the connection. */
    private static byte[] answerTo(MessageBuilder request, int port) throws IOException {
        byte[] message = request.build();
        String head = "POST /scep/demo?operation=PKIOperation HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/x-pki-message\r\nContent-Length: " + message.length + "\r\n\r\n";
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(message);
            return socket.getInputStream().readAllBytes();
        }
    }
}
