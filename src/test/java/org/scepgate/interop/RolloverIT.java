package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSSignedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.CaCertificates;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.EnvelopeBuilder;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** A CA that rolls over: before, while devices learn of the next one, and after (RFC 8894, 4.7 and 5.1). */
@ExtendWith(Scepgate.Extension.class)
class RolloverIT {
    private static final String SUBJECT = "CN=rollover.acme.example,O=Acme";

    @TempDir
    Path folder;

    private final Scepgate scepgate;
    private final ScepEndpoint endpoint;

    RolloverIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.endpoint = scepgate.endpoint(Scepgate.ROLLOVER);
    }

    private TestCsr csr(TestDevice device) {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.ROLLOVER, SUBJECT);
        return device.csr(SUBJECT, challenge.secret());
    }

    /** Posts a request that is encrypted to this RA, and reads an answer that must be signed by it. */
    private static CertRep exchange(TestDevice device, byte[] csr, X509CertificateHolder ra) {
        MessageBuilder message = device.request(EnvelopeBuilder.of(csr).to(ra));
        return CertRep.read(device.endpoint().post(message.build()).body(), ra);
    }

    @Test
    void announcesTheNextCertificatesSignedByTheCurrentKeys() throws Exception {
        HttpResponse<byte[]> answer = endpoint.get("operation=GetNextCACert");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-x509-next-ca-cert");
        CMSSignedData signed = new CMSSignedData(answer.body());
        assertThat(CaCertificates.ofBundle((byte[]) signed.getSignedContent().getContent())
                        .all())
                .containsExactly(
                        scepgate.rollingNext().raCertificate(),
                        scepgate.rollingNext().certificate());
        assertThat(new String(endpoint.getCaCaps().body(), StandardCharsets.US_ASCII))
                .contains("\nGetNextCACert\n");
        assertThat(endpoint.caCertificates().all())
                .containsExactly(
                        scepgate.rolling().raCertificate(), scepgate.rolling().certificate());
    }

    @Test
    void givesNextCertificatesThatOpensslVerifiesWithTheCurrentCa() throws Exception {
        SystemProgram openssl = SystemProgram.require("openssl", "openssl");
        byte[] answer = endpoint.get("operation=GetNextCACert").body();
        Files.write(folder.resolve("next.p7m"), answer);
        Files.write(folder.resolve("ca.der"), scepgate.rolling().certificate().getEncoded());
        openssl.run(folder, "x509", "-inform", "der", "-in", "ca.der", "-out", "ca.pem");

        openssl.run(
                folder,
                "cms",
                "-verify",
                "-binary",
                "-inform",
                "der",
                "-in",
                "next.p7m",
                "-CAfile",
                "ca.pem",
                "-purpose",
                "any",
                "-out",
                "next.p7b");

        String listed = openssl.run(folder, "pkcs7", "-inform", "der", "-in", "next.p7b", "-print_certs", "-noout");
        assertThat(listed).contains("CN = Scepgate Rolling CA G2 RA", "CN = Scepgate Rolling CA G2");
    }

    @Test
    void answersAPostOfItWith405() {
        HttpResponse<byte[]> answer = ScepEndpoint.send(endpoint.request("operation=GetNextCACert")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());

        assertThat(answer.statusCode()).isEqualTo(405);
    }

    @Test
    void issuesFromTheCaWhoseRaTheRequestIsEncryptedTo() {
        TestDevice device = TestDevice.withRsaKey(endpoint);

        X509CertificateHolder current = exchange(
                        device, csr(device).encoded(), scepgate.rolling().raCertificate())
                .issued(device.signer());
        X509CertificateHolder next = exchange(
                        device, csr(device).encoded(), scepgate.rollingNext().raCertificate())
                .issued(device.signer());

        new CertificateJudge(scepgate.rolling().certificate()).accepts(current, folder);
        new CertificateJudge(scepgate.rollingNext().certificate()).accepts(next, folder);
    }

    @Test
    void issuesFromTheCaThatAWaitingRequestWasEncryptedTo() {
        TestDevice device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.ROLLOVER_APPROVAL));
        X509CertificateHolder ra = scepgate.rollingNext().raCertificate();
        byte[] csr = device.csr("CN=held-rollover").encoded();
        assertThat(exchange(device, csr, ra).pkiStatus()).isEqualTo("3");

        scepgate.operator().approve(scepgate.operator().requirePending(Scepgate.ROLLOVER_APPROVAL, "CN=held-rollover"));

        X509CertificateHolder issued = exchange(device, csr, ra).issued(device.signer());
        new CertificateJudge(scepgate.rollingNext().certificate()).accepts(issued, folder);
    }

    /** What is wrong inside an envelope is one answer (ADR 3), so it must come from one and the same RA as well. */
    @Test
    void letsTheNextRaRefuseWhatWasEncryptedToIt() {
        TestDevice device = TestDevice.withRsaKey(endpoint);
        X509CertificateHolder ra = scepgate.rollingNext().raCertificate();
        byte[] wrongChallenge = device.csr(SUBJECT, "wrong").encoded();

        CertRep refused = exchange(device, wrongChallenge, ra);
        CertRep unreadable = exchange(device, new byte[] {0x30, 0x00}, ra);

        assertThat(refused.failInfo()).contains("2");
        assertThat(unreadable.failInfo()).contains("2");
    }

    @Test
    void renewsIntoTheNextCa() {
        TestDevice device = TestDevice.withRsaKey(endpoint);
        X509CertificateHolder old = device.enrol(csr(device));
        TestDevice holder = device.holding(old);

        X509CertificateHolder renewed = exchange(
                        holder,
                        TestCsr.of(device.keys()).subject(SUBJECT).encoded(),
                        scepgate.rollingNext().raCertificate())
                .issued(holder.signer());

        new CertificateJudge(scepgate.rollingNext().certificate()).accepts(renewed, folder);
    }

    /** The switch is another configuration: while servers take turns to restart, both are there. */
    @Test
    void staysReachableForOldAndNewDevicesWhileTheServersSwitch() {
        TestDevice old = TestDevice.withRsaKey(endpoint);
        X509CertificateHolder beforeSwitch = old.enrol(csr(old));
        try (ServerProcess switched = scepgate.startPeer(settings -> settings.withoutNextCa("rolling")
                .ca("rolling", scepgate.rollingNext())
                .ocsp("rolling", scepgate.rollingNext())
                .previousCa("rolling", scepgate.rolling()))) {
            ScepEndpoint after = switched.endpoint(Scepgate.ROLLOVER);
            TestDevice unaware = TestDevice.withSigner(after, old.signer());
            TestDevice fresh = TestDevice.withRsaKey(after);
            TestDevice holder = fresh.another(old.keys()).holding(beforeSwitch);

            X509CertificateHolder forUnaware = exchange(
                            unaware, csr(unaware).encoded(), scepgate.rolling().raCertificate())
                    .issued(unaware.signer());
            X509CertificateHolder forFresh = fresh.enrol(csr(fresh));
            X509CertificateHolder renewed =
                    holder.enrol(TestCsr.of(fresh.keys()).subject(SUBJECT));

            CertificateJudge judge = new CertificateJudge(scepgate.rollingNext().certificate());
            List.of(forUnaware, forFresh, renewed).forEach(issued -> judge.accepts(issued, folder));
            assertThat(after.caCertificates().all())
                    .containsExactly(
                            scepgate.rollingNext().raCertificate(),
                            scepgate.rollingNext().certificate());
            assertThat(after.get("operation=GetNextCACert").statusCode()).isEqualTo(404);
        }
        assertThat(old.enrol(csr(old))).isNotNull();
    }
}
