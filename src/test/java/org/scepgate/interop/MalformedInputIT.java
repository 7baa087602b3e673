package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.interop.Attack.Means;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** Hostile input is refused in an orderly way, costs its challenge nothing and never brings a certificate or a 5xx. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MalformedInputIT {
    private final Scepgate scepgate;
    private final TestDevice device;
    private final TestMdm mdm;

    MalformedInputIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        this.mdm = scepgate.mdm();
    }

    static Stream<Attack> attacks() {
        return Stream.of(HostileBytes.attacks(), HostileMessages.attacks(), HostileContent.attacks())
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void isRefused(Attack attack) throws SQLException {
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, Means.SUBJECT);
        byte[] message = attack.message().apply(new Means(device, challenge));

        HttpResponse<byte[]> answer = scepgate.endpoint(Scepgate.DEMO).post(message);

        assertThat(answer.statusCode()).isEqualTo(attack.expected().status());
        if (answer.statusCode() == 200) {
            CertRep certRep = device.read(answer);
            assertThat(certRep.failInfo()).contains(attack.expected().failInfo());
            // One text, whatever the failInfo: it must tell nobody what was wrong.
            assertThat(certRep.failInfoText()).contains("The request was refused.");
        }
        assertThat(mdm.stateOf(challenge)).isEqualTo("ISSUED");
        assertThat(Issued.in(scepgate.database()).forChallenge(challenge)).isEmpty();
    }

    @Test
    @Order(Order.DEFAULT + 1)
    void afterAllOfItTheServerStillEnrols() {
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, Means.SUBJECT);

        CertRep answer = device.send(device.request(device.csr(Means.SUBJECT, challenge.secret())));

        assertThat(answer.isSuccess()).isTrue();
        assertThat(scepgate.server().log().lines())
                .as("lines of the log that tell of a fault or the challenge")
                .noneMatch(line -> line.contains("\"level\":\"ERROR\"") || line.contains(challenge.secret()));
    }
}
