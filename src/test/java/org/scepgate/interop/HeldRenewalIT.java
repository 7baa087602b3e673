package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.sql.SQLException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestOperator;

/** Devices that hold a certificate, and a profile that wants a challenge and a person. */
@ExtendWith(Scepgate.Extension.class)
class HeldRenewalIT {
    private static final String PENDING = "3";
    private static final KeyPair NEW_KEYS = TestKeys.rsa();

    private final Scepgate scepgate;
    private final TestOperator operator;

    HeldRenewalIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.operator = scepgate.operator();
    }

    /** A device that a person let in before. */
    private TestDevice enrolled(String subject) {
        TestDevice device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.BOTH));
        MessageBuilder request =
                device.request(device.csr(subject, challenge(subject).secret()));
        assertThat(device.send(request).pkiStatus()).isEqualTo(PENDING);
        operator.approve(operator.requirePending(Scepgate.BOTH, subject));
        return device.holding(device.send(device.poll(request)).issued(device.signer()));
    }

    private TestMdm.Challenge challenge(String subject) {
        return scepgate.mdm().challenge(Scepgate.BOTH, subject);
    }

    private MessageBuilder newKey(TestDevice device, String subject) {
        TestCsr csr = TestCsr.of(NEW_KEYS)
                .subject(subject)
                .challenge(challenge(subject).secret());
        return device.request(csr);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "19"})
    void letsAPersonApproveWhatAnIssuedCertificateSignedForANewKey(String type) {
        String subject = "CN=held-renewal-" + type;
        TestDevice device = enrolled(subject);
        MessageBuilder request = newKey(device, subject).messageType(type);

        assertThat(device.send(request).pkiStatus()).isEqualTo(PENDING);
        assertThat(device.send(request).pkiStatus()).isEqualTo(PENDING);
        HttpResponse<byte[]> answer = operator.approve(operator.requirePending(Scepgate.BOTH, subject));

        assertThat(answer.statusCode()).isEqualTo(200);
        X509CertificateHolder issued = device.send(device.poll(request)).issued(device.signer());
        CertificateJudge.certifies(issued, NEW_KEYS.getPublic());
        assertThat(device.send(request).issued(device.signer())).isEqualTo(issued);
    }

    @Test
    void signsNothingForASignerThatWasRevokedMeanwhile() throws SQLException {
        TestDevice device = enrolled("CN=held-revoked");
        device.send(newKey(device, "CN=held-revoked"));
        Issued.in(scepgate.database()).revoke(device.signer().certificate());

        HttpResponse<byte[]> answer = operator.approve(operator.requirePending(Scepgate.BOTH, "CN=held-revoked"));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("key.signer");
    }

    /** A reserved challenge is reserved for a RenewalReq as well. */
    @Test
    void answersTheSameRequestAlikeWhateverItsType() {
        TestDevice device = enrolled("CN=held-both-types");
        TestCsr csr = TestCsr.of(NEW_KEYS)
                .subject("CN=held-both-types")
                .challenge(challenge("CN=held-both-types").secret());

        assertThat(device.send(device.request(csr)).pkiStatus()).isEqualTo(PENDING);
        assertThat(device.send(device.renewal(csr)).pkiStatus()).isEqualTo(PENDING);
        operator.approve(operator.requirePending(Scepgate.BOTH, "CN=held-both-types"));

        X509CertificateHolder issued = device.send(device.renewal(csr)).issued(device.signer());
        assertThat(device.send(device.request(csr)).issued(device.signer())).isEqualTo(issued);
    }

    /** What a person let in renews without one: names, usages and validity stay what was granted. */
    @ParameterizedTest
    @ValueSource(strings = {"17", "19"})
    void renewsWithoutAPersonWhatBringsNoNewChallenge(String type) {
        String subject = "CN=held-alone-" + type;
        TestDevice device = enrolled(subject);

        MessageBuilder request =
                device.request(TestCsr.of(NEW_KEYS).subject(subject)).messageType(type);

        assertThat(device.send(request).isSuccess()).isTrue();
    }
}
