package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** What becomes known of a revocation, and how soon: CRL, renewal, retry. */
@ExtendWith(Scepgate.Extension.class)
class RevocationIT {
    private static final String SUBJECT = "CN=revoked.acme.example,O=Acme";
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private final Scepgate scepgate;
    private SystemProgram openssl;

    RevocationIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @BeforeEach
    void findOpenssl() {
        openssl = SystemProgram.require("openssl", "openssl");
    }

    private X509CertificateHolder enrol(String profile) {
        TestDevice device = TestDevice.withRsaKey(scepgate.endpoint(profile));
        TestMdm.Challenge challenge = scepgate.mdm().challenge(profile, SUBJECT);
        return device.enrol(device.csr(SUBJECT, challenge.secret()));
    }

    private TestCa caOf(String profile) {
        return profile.equals(Scepgate.ELLIPTIC) ? scepgate.elliptic() : scepgate.ca();
    }

    private static HttpResponse<byte[]> get(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return ScepEndpoint.send(request.build());
    }

    private static X509CRLHolder crl(URI uri) {
        try {
            HttpResponse<byte[]> answer = get(uri);
            assertThat(answer.statusCode()).isEqualTo(200);
            return new X509CRLHolder(answer.body());
        } catch (IOException e) {
            throw new AssertionError("not a CRL", e);
        }
    }

    private URI crlOf(X509CertificateHolder certificate) {
        return URI.create(PublicUrl.of(certificate).crl());
    }

    @ParameterizedTest
    @ValueSource(strings = {Scepgate.DEMO, Scepgate.ELLIPTIC})
    void opensslFindsARevocationInTheCrlWithinSeconds(String profile) throws IOException {
        X509CertificateHolder good = enrol(profile);
        X509CertificateHolder lost = enrol(profile);

        scepgate.operator().revoke(lost, "keyCompromise");

        Awaitility.await()
                .atMost(SOON)
                .until(() -> crl(crlOf(lost)).getRevokedCertificate(lost.getSerialNumber()) != null);
        Pem.write(folder.resolve("ca.pem"), caOf(profile).certificate());
        Pem.write(folder.resolve("good.pem"), good);
        Pem.write(folder.resolve("lost.pem"), lost);
        Files.write(folder.resolve("ca.crl"), get(crlOf(lost)).body());
        openssl.run(folder, "crl", "-inform", "der", "-in", "ca.crl", "-out", "crl.pem");
        String[] verify = {"verify", "-x509_strict", "-crl_check", "-CRLfile", "crl.pem", "-CAfile", "ca.pem"};
        assertThat(openssl.run(folder, with(verify, "good.pem"))).contains("good.pem: OK");
        SystemProgram.Outcome refused = openssl.tryToRun(folder, with(verify, "lost.pem"));
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output()).contains("certificate revoked");
        assertThat(openssl.run(folder, "crl", "-in", "crl.pem", "-noout", "-text"))
                .contains("Key Compromise");
    }

    private static String[] with(String[] arguments, String last) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(last);
        return all.toArray(String[]::new);
    }

    @Test
    void takesACertificateFromTheCrlWhenItIsHeldNoMore() {
        X509CertificateHolder certificate = enrol(Scepgate.DEMO);
        BigInteger serial = certificate.getSerialNumber();

        scepgate.operator().revoke(certificate, "certificateHold");
        Awaitility.await().atMost(SOON).until(() -> crl(crlOf(certificate)).getRevokedCertificate(serial) != null);
        scepgate.operator().unhold(certificate);

        Awaitility.await().atMost(SOON).until(() -> crl(crlOf(certificate)).getRevokedCertificate(serial) == null);
    }

    @Test
    void servesTheCrlToCachesToo() {
        URI current = scepgate.server().url().resolve("/crl/test.crl");
        HttpResponse<byte[]> answer = get(current);

        HttpResponse<byte[]> head = ScepEndpoint.send(HttpRequest.newBuilder(current)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/pkix-crl");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("public, no-cache");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Type")).contains("application/pkix-crl");
        assertThat(get(current, "If-None-Match", "\"another\"").statusCode()).isEqualTo(200);
        // The next one may come between two requests.
        Awaitility.await().atMost(SOON).untilAsserted(() -> isNotSentAgain(current));
        for (String nothing :
                List.of("/crl/test", "/crl/nobody.crl", "/crl/test-0000000000000000.crl", "/ca/nobody.cer")) {
            assertThat(get(scepgate.server().url().resolve(nothing)).statusCode())
                    .isEqualTo(404);
        }
    }

    private static void isNotSentAgain(URI current) {
        HttpResponse<byte[]> answer = get(current);
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        String modified = answer.headers().firstValue("Last-Modified").orElseThrow();

        HttpResponse<byte[]> unchanged = get(current, "If-None-Match", tag);
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        assertThat(get(current, "If-Modified-Since", modified).statusCode()).isEqualTo(304);
    }

    @Test
    void leadsFromACertificateToTheOneThatSignedIt() throws IOException {
        X509CertificateHolder certificate = enrol(Scepgate.DEMO);

        HttpResponse<byte[]> issuer = get(URI.create(PublicUrl.of(certificate).caCertificate()));
        HttpResponse<byte[]> current = get(scepgate.server().url().resolve("/ca/test.cer"));

        assertThat(issuer.headers().firstValue("Content-Type")).contains("application/pkix-cert");
        assertThat(new X509CertificateHolder(issuer.body()))
                .isEqualTo(scepgate.ca().certificate());
        assertThat(current.body()).isEqualTo(issuer.body());
    }

    /** Four revocations and two servers, each of which looks every second whether there is something to publish. */
    @Test
    void twoServersPublishOneCrl() throws SQLException {
        try (ServerProcess peer = scepgate.startPeer()) {
            long before = number(crl(peer.url().resolve("/crl/test.crl")));
            int published = published(scepgate.server()) + published(peer);
            for (int i = 0; i < 4; i++) {
                X509CertificateHolder certificate = enrol(Scepgate.DEMO);
                scepgate.operator(i % 2 == 0 ? peer : scepgate.server()).revoke(certificate, "superseded");
                for (ServerProcess server : List.of(peer, scepgate.server())) {
                    URI crl = server.url().resolve(crlOf(certificate).getPath());
                    Awaitility.await()
                            .atMost(SOON)
                            .until(() -> crl(crl).getRevokedCertificate(certificate.getSerialNumber()) != null);
                }
            }

            long after = number(crl(peer.url().resolve("/crl/test.crl")));
            assertThat(published(scepgate.server()) + published(peer) - published)
                    .as("numbers from %d to %d, each once", before, after)
                    .isEqualTo((int) (after - before));
        }
    }

    private static int published(ServerProcess server) {
        // By number: the log says each CRL once, on the server that made it.
        return (int) server.log()
                .lines()
                .filter(line -> line.contains("crl.published ca=test-"))
                .count();
    }

    private static long number(X509CRLHolder crl) {
        return ASN1Integer.getInstance(crl.getExtension(Extension.cRLNumber).getParsedValue())
                .getValue()
                .longValueExact();
    }

    @Test
    void renewsNothingThatIsRevokedAndRepeatsNoAnswer() {
        TestDevice device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        TestCsr csr = device.csr(SUBJECT, challenge.secret());
        X509CertificateHolder certificate = device.enrol(csr);
        TestDevice holder = device.holding(certificate);
        TestCsr renewal = TestCsr.of(device.keys()).subject(SUBJECT);

        scepgate.operator().revoke(certificate, "certificateHold");
        CertRep again = device.send(device.request(csr));
        CertRep renewed = holder.send(holder.renewal(renewal));
        scepgate.operator().unhold(certificate);

        assertThat(again.failInfo()).contains("2");
        assertThat(renewed.failInfo()).contains("2");
        assertThat(device.enrol(csr)).isEqualTo(certificate);
        assertThat(holder.send(holder.renewal(renewal)).isSuccess()).isTrue();
    }

    @Test
    void knowsNothingOfTheCertificatesOfCaAndRa() {
        for (X509CertificateHolder own :
                List.of(scepgate.ca().certificate(), scepgate.ca().raCertificate())) {
            assertThat(scepgate.operator().tryToRevoke(own, "keyCompromise").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void cancelsTheChallengesOfALostDevice() {
        TestMdm.Challenge challenge =
                scepgate.mdm().challenge(TestMdm.wish(Scepgate.DEMO, SUBJECT).put("deviceId", "lost-in-a-train"));
        TestDevice device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        X509CertificateHolder certificate = device.enrol(device.csr(
                SUBJECT,
                scepgate.mdm()
                        .challenge(TestMdm.wish(Scepgate.DEMO, SUBJECT).put("deviceId", "lost-in-a-train"))
                        .secret()));
        TestDevice holder = device.holding(certificate);
        X509CertificateHolder renewed = holder.enrol(TestCsr.of(device.keys()).subject(SUBJECT));

        scepgate.operator().revokeDevice("lost-in-a-train", "keyCompromise");

        assertThat(scepgate.mdm().stateOf(challenge)).isEqualTo("CANCELLED");
        assertThat(scepgate.operator().certificate(certificate).get("state").asText())
                .isEqualTo("REVOKED");
        assertThat(scepgate.operator().certificate(renewed).get("state").asText())
                .isEqualTo("REVOKED");
        assertThat(scepgate.operator().certificate(renewed).get("deviceId").asText())
                .isEqualTo("lost-in-a-train");
    }
}
