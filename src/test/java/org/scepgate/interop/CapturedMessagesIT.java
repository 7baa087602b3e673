package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestOperator;

/**
 * One exchange of every kind, as bytes on the wire, read by OpenSSL alone: signature, attributes, and what the envelope of
 * a SUCCESS holds. The RFC's appendix shows such messages; these are made by the test, not copied.
 */
@ExtendWith(Scepgate.Extension.class)
class CapturedMessagesIT {
    private static final String SUCCESS = "0";
    private static final String FAILURE = "2";
    private static final String PENDING = "3";
    // The attributes of RFC 8894, 3.2.1, as OpenSSL prints types that it has no name for.
    private static final String MESSAGE_TYPE = "2.16.840.1.113733.1.9.2";
    private static final String PKI_STATUS = "2.16.840.1.113733.1.9.3";
    private static final String FAIL_INFO = "2.16.840.1.113733.1.9.4";
    private static final String SENDER_NONCE = "2.16.840.1.113733.1.9.5";
    private static final String RECIPIENT_NONCE = "2.16.840.1.113733.1.9.6";
    private static final String TRANSACTION_ID = "2.16.840.1.113733.1.9.7";

    @TempDir
    Path folder;

    private final Scepgate scepgate;
    private SystemProgram openssl;

    CapturedMessagesIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @BeforeEach
    void requireProgram() {
        openssl = SystemProgram.require("openssl", "openssl");
    }

    @Test
    void opensslReadsAnEnrolmentAndItsRenewal() throws IOException {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, "CN=captured");
        TestDevice device = device(Scepgate.DEMO);
        MessageBuilder request = device.request(device.csr("CN=captured", challenge.secret()));
        X509CertificateHolder issued = device.send(request).issued(device.signer());
        TestDevice holder = device.holding(issued);

        exchange(device, request, "19", SUCCESS);
        String enrolled = contentOf(device);
        exchange(holder, holder.renewal(TestCsr.of(device.keys()).subject("CN=captured")), "17", SUCCESS);
        String renewed = contentOf(holder);

        assertThat(enrolled).contains("subject=CN = captured", "issuer=CN = Scepgate Test CA");
        assertThat(renewed).contains("subject=CN = captured", "issuer=CN = Scepgate Test CA");
    }

    @Test
    void opensslReadsARefusal() throws IOException {
        TestDevice device = device(Scepgate.DEMO);

        exchange(device, device.request(device.csr("CN=captured", "wrong")), "19", FAILURE);

        assertThat(Files.size(folder.resolve("content.der"))).isZero();
    }

    @Test
    void opensslReadsAWaitAndItsPolls() throws IOException {
        TestOperator operator = scepgate.operator();
        TestDevice device = device(Scepgate.APPROVAL);
        MessageBuilder request = device.request(device.csr("CN=captured-poll"));

        exchange(device, request, "19", PENDING);
        assertThat(Files.size(folder.resolve("content.der"))).isZero();
        exchange(device, device.poll(request), "20", PENDING);
        operator.approve(operator.requirePending(Scepgate.APPROVAL, "CN=captured-poll"));
        exchange(device, device.poll(request), "20", SUCCESS);

        assertThat(contentOf(device)).contains("subject=CN = captured-poll");
    }

    @Test
    void opensslReadsTheAnswersToQueries() throws IOException {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.QUERIES, "CN=captured-query");
        TestDevice device = device(Scepgate.QUERIES);
        X509CertificateHolder issued = device.enrol(device.csr("CN=captured-query", challenge.secret()));
        byte[] id = new IssuerAndSerialNumber(issued.getIssuer(), issued.getSerialNumber()).getEncoded();

        exchange(device, device.request(id).messageType("21"), "21", SUCCESS);
        String found = contentOf(device);
        exchange(device, device.request(id).messageType("22"), "22", SUCCESS);
        decrypt(device);
        String crl = openssl.run(folder, "cms", "-cmsout", "-print", "-noout", "-inform", "der", "-in", "inner.der");

        assertThat(found).contains("subject=CN = captured-query");
        assertThat(crl).contains("crls:", "issuer: CN=Scepgate Test CA").containsPattern("certificates:\\s+<ABSENT>");
    }

    private TestDevice device(String profile) {
        return TestDevice.withRsaKey(scepgate.endpoint(profile));
    }

    /** Sends the message and has OpenSSL read both sides; leaves the content of the answer in content.der. */
    private void exchange(TestDevice device, MessageBuilder message, String type, String pkiStatus) throws IOException {
        byte[] sent = message.build();
        HttpResponse<byte[]> received = device.endpoint().post(sent);
        Files.write(folder.resolve("request.der"), sent);
        Files.write(folder.resolve("answer.der"), received.body());
        Files.write(folder.resolve("ra.der"), device.recipient().getEncoded());
        openssl.run(folder, "x509", "-inform", "der", "-in", "ra.der", "-out", "ra.pem");

        assertThat(verified("request.der")).contains("Verification successful");
        requireAttributes("request.der", type, MESSAGE_TYPE, TRANSACTION_ID, SENDER_NONCE);
        // By the certificate that GetCACert gave, and none that the answer brings along.
        assertThat(verified("answer.der", "-certfile", "ra.pem", "-nointern")).contains("Verification successful");
        requireAttributes("answer.der", "3", MESSAGE_TYPE, TRANSACTION_ID, SENDER_NONCE, RECIPIENT_NONCE, PKI_STATUS);
        assertThat(attribute(printed("answer.der"), PKI_STATUS)).contains("PRINTABLESTRING:" + pkiStatus);
        assertThat(printed("answer.der").contains(FAIL_INFO)).isEqualTo(pkiStatus.equals(FAILURE));
    }

    private String verified(String file, String... more) {
        String[] verify = {
            "cms", "-verify", "-noverify", "-binary", "-inform", "der", "-in", file, "-out", "content.der"
        };
        return openssl.run(
                folder, Stream.concat(Stream.of(verify), Stream.of(more)).toArray(String[]::new));
    }

    private String printed(String file) {
        openssl.run(folder, "asn1parse", "-inform", "der", "-in", file);
        return openssl.run(folder, "cms", "-cmsout", "-print", "-noout", "-inform", "der", "-in", file);
    }

    private void requireAttributes(String file, String messageType, String... types) {
        String printed = printed(file);
        assertThat(printed).contains(types);
        assertThat(attribute(printed, MESSAGE_TYPE)).contains("PRINTABLESTRING:" + messageType);
    }

    private static String attribute(String printed, String type) {
        return printed.substring(printed.indexOf(type)).lines().limit(4).reduce("", (a, b) -> a + b);
    }

    private String contentOf(TestDevice device) throws IOException {
        decrypt(device);
        return openssl.run(folder, "pkcs7", "-inform", "der", "-in", "inner.der", "-print_certs", "-noout");
    }

    private void decrypt(TestDevice device) throws IOException {
        String key = Base64.getMimeEncoder()
                .encodeToString(device.keys().getPrivate().getEncoded());
        Files.writeString(
                folder.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n",
                StandardCharsets.US_ASCII);
        openssl.run(
                folder,
                "cms",
                "-decrypt",
                "-inform",
                "der",
                "-in",
                "content.der",
                "-inkey",
                "key.pem",
                "-out",
                "inner.der");
    }
}
