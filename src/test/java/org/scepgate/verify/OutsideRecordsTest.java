package org.scepgate.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestKeys;

class OutsideRecordsTest {
    @TempDir
    private Path folder;

    private final OutsideRecords records = new OutsideRecords();

    private OutsideCertificate only(String... lines) throws Exception {
        records.readLines(Files.write(folder.resolve("lines"), List.of(lines)));
        assertThat(records.certificates()).hasSize(1);
        return records.certificates().iterator().next();
    }

    @Test
    void readsTheLogOfAServer() throws Exception {
        OutsideCertificate certificate = only(
                "Listening on: http://0.0.0.0:8080",
                "{\"timestamp\":\"2026-11-23T10:00:00Z\",\"message\":\"started\",\"mdc\":{}}",
                "{\"timestamp\":\"2026-11-23T10:00:01Z\",\"message\":\"x\",\"mdc\":{\"action\":\"certificate.issued\","
                        + "\"serial\":\"0a1b\",\"ca\":\"main\",\"profile\":\"demo\",\"subject\":\"cn=a\"}}",
                "{\"timestamp\":\"2026-11-23T10:00:02Z\",\"mess");

        assertThat(certificate.facts())
                .containsEntry("serial", "0a1b")
                .containsEntry("ca", "main")
                .containsEntry("subject", "cn=a")
                .containsEntry("issuedAt", "2026-11-23T10:00:01Z");
    }

    @Test
    void readsAnExportOfTheAuditLog() throws Exception {
        OutsideCertificate certificate = only(
                "{\"at\":\"2026-11-23T10:00:00Z\",\"action\":\"certificate.renewed\",\"object\":\"certificate/0a1b\","
                        + "\"details\":{\"ca\":\"main\",\"renews\":\"0a1a\"}}",
                "{\"at\":\"2026-11-23T11:00:00Z\",\"action\":\"certificate.revoked\",\"object\":\"certificate/0a1b\","
                        + "\"reason\":\"keyCompromise\",\"details\":{\"ca\":\"main\",\"deviceId\":\"device-42\"}}");

        assertThat(certificate.isRevoked()).isTrue();
        assertThat(certificate.facts())
                .containsEntry("issuedAt", "2026-11-23T10:00:00Z")
                .containsEntry("revokedAt", "2026-11-23T11:00:00Z")
                .containsEntry("reason", "keyCompromise")
                .containsEntry("deviceId", "device-42");
    }

    @Test
    void readsWhatAWebhookReceived() throws Exception {
        OutsideCertificate certificate = only(
                "{\"id\":\"1\",\"type\":\"certificate.issued\",\"time\":\"2026-11-23T10:00:00Z\",\"profile\":\"demo\","
                        + "\"ca\":\"main\",\"serial\":\"0a1b\",\"deviceId\":\"device-42\"}");

        assertThat(certificate.facts())
                .containsEntry("issuedAt", "2026-11-23T10:00:00Z")
                .containsEntry("deviceId", "device-42");
    }

    @Test
    void forgetsAHoldThatHasEnded() throws Exception {
        OutsideCertificate certificate = only(
                "{\"at\":\"2026-11-23T10:00:00Z\",\"action\":\"certificate.revoked\",\"object\":\"certificate/0a1b\","
                        + "\"reason\":\"certificateHold\",\"details\":{}}",
                "{\"at\":\"2026-11-23T11:00:00Z\",\"action\":\"certificate.unheld\",\"object\":\"certificate/0a1b\","
                        + "\"details\":{}}");

        assertThat(certificate.isRevoked()).isFalse();
    }

    @Test
    void readsCertificatesThatDevicesGaveAndNoCa() throws Exception {
        TestCa ca = TestCa.in(folder.resolve("ca"), "Scepgate Test CA");
        Path given = Files.createDirectory(folder.resolve("given"));
        var device = ca.certify("CN=device-42", TestKeys.ec("secp256r1").getPublic(), TestCa.Validity.ofDays(30));
        Files.write(given.resolve("device.cer"), device.getEncoded());
        Files.write(given.resolve("ca.cer"), ca.certificate().getEncoded());

        records.readCertificates(given);

        assertThat(records.certificates())
                .singleElement()
                .satisfies(found -> assertThat(found.facts())
                        .containsEntry("subject", "CN=device-42")
                        .containsEntry("issuer", "CN=Scepgate Test CA"));
    }

    @Test
    void saysSoWhereNothingIsToBeCompared() throws Exception {
        Path other = Files.writeString(folder.resolve("other.log"), "no log of ours\n");

        assertThatExceptionOfType(CannotVerifyException.class)
                .isThrownBy(() -> records.readLines(folder.resolve("nowhere")));
        StringWriter err = new StringWriter();
        int exitCode = AuditCommands.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                "audit",
                "reconcile",
                "--log",
                other.toString());
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("no certificate is in what was given");
    }
}
