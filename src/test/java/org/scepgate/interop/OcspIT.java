package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.CertificateLint;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** OCSP (RFC 6960, RFC 5019, RFC 9654). */
@ExtendWith(Scepgate.Extension.class)
class OcspIT {
    private static final String SUBJECT = "CN=ocsp.acme.example,O=Acme";

    @TempDir
    Path folder;

    private final Scepgate scepgate;

    OcspIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    private X509CertificateHolder enrol(ScepEndpoint endpoint, String profile) {
        TestDevice device = TestDevice.withRsaKey(endpoint);
        TestMdm.Challenge challenge = scepgate.mdm().challenge(profile, SUBJECT);
        return device.enrol(device.csr(SUBJECT, challenge.secret()));
    }

    private X509CertificateHolder enrol(String profile) {
        return enrol(scepgate.endpoint(profile), profile);
    }

    private TestCa caOf(String profile) {
        return profile.equals(Scepgate.ELLIPTIC) ? scepgate.elliptic() : scepgate.ca();
    }

    @ParameterizedTest
    @CsvSource({"demo, -sha1", "demo, -sha256", "elliptic, -sha1", "elliptic, -sha256"})
    void opensslLearnsOfARevocation(String profile, String digest) throws IOException {
        SystemProgram openssl = SystemProgram.require("openssl", "openssl");
        X509CertificateHolder certificate = enrol(profile);
        Pem.write(folder.resolve("ca.pem"), caOf(profile).certificate());
        Pem.write(folder.resolve("certificate.pem"), certificate);
        String[] ask = {
            "ocsp",
            "-CAfile",
            "ca.pem",
            "-issuer",
            "ca.pem",
            digest,
            "-cert",
            "certificate.pem",
            "-url",
            PublicUrl.of(certificate).ocsp()
        };

        String before = openssl.run(folder, ask);
        scepgate.operator().revoke(certificate, "affiliationChanged");
        String after = openssl.run(folder, ask);

        assertThat(before)
                .contains("Response verify OK", "certificate.pem: good")
                .doesNotContain("WARNING");
        assertThat(after)
                .contains("Response verify OK", "certificate.pem: revoked", "Reason: affiliationChanged")
                .doesNotContain("WARNING");
    }

    @Test
    void curlGetsAnAnswerThatCachesMayKeepAndOpensslReads() throws IOException {
        SystemProgram openssl = SystemProgram.require("openssl", "openssl");
        SystemProgram curl = SystemProgram.require("curl", "curl");
        X509CertificateHolder certificate = enrol(Scepgate.DEMO);
        Pem.write(folder.resolve("ca.pem"), scepgate.ca().certificate());
        Pem.write(folder.resolve("certificate.pem"), certificate);
        openssl.run(
                folder, "ocsp", "-issuer", "ca.pem", "-cert", "certificate.pem", "-no_nonce", "-reqout", "request.der");
        String base64 = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("request.der")));
        String url = PublicUrl.of(certificate).ocsp() + "/" + base64;

        String headers = curl.run(folder, "-sS", "-D", "-", "-o", "response.der", url);
        String verdict = openssl.run(
                folder,
                "ocsp",
                "-CAfile",
                "ca.pem",
                "-issuer",
                "ca.pem",
                "-cert",
                "certificate.pem",
                "-respin",
                "response.der");

        assertThat(headers.toLowerCase(Locale.ROOT))
                .contains(
                        "200 ok", "content-type: application/ocsp-response", "etag: \"", "last-modified: ", "expires: ")
                .contains("cache-control: max-age=3600, public, no-transform, must-revalidate");
        assertThat(verdict).contains("Response verify OK", "certificate.pem: good");
    }

    @Test
    void answersAnEscapedGetLikewise() throws Exception {
        X509CertificateHolder certificate = enrol(Scepgate.DEMO);
        String base64 = Base64.getEncoder().encodeToString(request(null, id(scepgate.ca(), certificate)));
        String escaped = base64.replace("/", "%2F").replace("+", "%2B").replace("=", "%3D");

        HttpResponse<byte[]> answer = ScepEndpoint.send(
                HttpRequest.newBuilder(URI.create(PublicUrl.of(certificate).ocsp() + "/" + escaped))
                        .build());

        assertThat(basic(answer).getResponses()[0].getCertStatus()).isEqualTo(CertificateStatus.GOOD);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32, 128})
    void echoesTheNonce(int length) throws Exception {
        byte[] nonce = "n".repeat(length).getBytes(StandardCharsets.US_ASCII);

        HttpResponse<byte[]> answer =
                post("test", request(nonce, id(scepgate.ca(), scepgate.ca().raCertificate())));

        assertThat(basic(answer)
                        .getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce)
                        .getParsedValue())
                .isEqualTo(new DEROctetString(nonce));
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void answersForSeveralCertificatesAtOnce() throws Exception {
        X509CertificateHolder good = enrol(Scepgate.DEMO);
        X509CertificateHolder bad = enrol(Scepgate.DEMO);
        scepgate.operator().revoke(bad, "unspecified");

        BasicOCSPResp answer = basic(post(
                "test",
                request(
                        null,
                        id(scepgate.ca(), good),
                        id(scepgate.ca(), bad),
                        id(scepgate.ca(), scepgate.ca().raCertificate()),
                        id(scepgate.elliptic(), good))));

        assertThat(answer.getResponses()).hasSize(4);
        assertThat(answer.getResponses()[0].getCertStatus()).isEqualTo(CertificateStatus.GOOD);
        assertThat(answer.getResponses()[1].getCertStatus())
                .isInstanceOfSatisfying(
                        RevokedStatus.class,
                        status -> assertThat(status.hasRevocationReason()).isFalse());
        assertThat(answer.getResponses()[2].getCertStatus()).isInstanceOf(UnknownStatus.class);
        assertThat(answer.getResponses()[3].getCertStatus()).isInstanceOf(UnknownStatus.class);
        assertThat(answer.isSignatureValid(new JcaContentVerifierProviderBuilder()
                        .build(scepgate.ca().ocspCertificate())))
                .isTrue();
    }

    @Test
    void isNoAuthorityForTheCertificatesOfOthers() throws Exception {
        HttpResponse<byte[]> answer = post(
                "test",
                request(null, id(scepgate.elliptic(), scepgate.elliptic().raCertificate())));

        assertThat(new OCSPResp(answer.body()).getStatus()).isEqualTo(OCSPResp.UNAUTHORIZED);
    }

    @Test
    void saysWhatIsNoRequest() throws Exception {
        CertificateID id = id(scepgate.ca(), scepgate.ca().raCertificate());
        CertificateID[] tooMany = new CertificateID[21];
        Arrays.fill(tooMany, id);

        for (byte[] malformed : List.of(
                new byte[0],
                new byte[] {0x30, 0},
                new byte[5000],
                "hello".getBytes(StandardCharsets.US_ASCII),
                request(new byte[129], id),
                request(new byte[0], id),
                request(null, tooMany))) {
            HttpResponse<byte[]> answer = post("test", malformed);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(new OCSPResp(answer.body()).getStatus()).isEqualTo(OCSPResp.MALFORMED_REQUEST);
        }
        HttpResponse<byte[]> get =
                ScepEndpoint.send(HttpRequest.newBuilder(scepgate.server().url().resolve("/ocsp/test/not%20base64!"))
                        .build());
        assertThat(new OCSPResp(get.body()).getStatus()).isEqualTo(OCSPResp.MALFORMED_REQUEST);
    }

    @Test
    void isNotThereForACaThatHasDelegatedItToNobody() throws Exception {
        X509CertificateHolder certificate = enrol(Scepgate.CA_ALONE);

        HttpResponse<byte[]> answer = post("alone", request(null, id(scepgate.caAlone(), certificate)));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(PublicUrl.of(certificate).ocsp()).isEmpty();
        assertThat(PublicUrl.of(certificate).crl()).contains("/crl/alone-");
    }

    /** Certificates of both keys keep their URLs, and each is answered for by the key that issued it. */
    @Test
    void answersForBothKeysOfACaThatRolledOver() throws Exception {
        X509CertificateHolder old = enrol(Scepgate.ROLLOVER);
        try (ServerProcess switched = scepgate.startPeer(settings -> settings.withoutNextCa("rolling")
                .ca("rolling", scepgate.rollingNext())
                .ocsp("rolling", scepgate.rollingNext())
                .previousCa("rolling", scepgate.rolling())
                .ocsp("rolling.previous", scepgate.rolling()))) {
            X509CertificateHolder fresh = enrol(switched.endpoint(Scepgate.ROLLOVER), Scepgate.ROLLOVER);
            scepgate.operator(switched).revoke(old, "superseded");
            URI url = switched.url().resolve("/ocsp/rolling");

            BasicOCSPResp ofOld = basic(post(url, request(null, id(scepgate.rolling(), old))));
            BasicOCSPResp ofFresh = basic(post(url, request(null, id(scepgate.rollingNext(), fresh))));
            BasicOCSPResp mistaken = basic(post(url, request(null, id(scepgate.rollingNext(), old))));

            assertThat(ofOld.getResponses()[0].getCertStatus()).isInstanceOf(RevokedStatus.class);
            assertThat(ofOld.getCerts()).containsExactly(scepgate.rolling().ocspCertificate());
            assertThat(ofFresh.getResponses()[0].getCertStatus()).isEqualTo(CertificateStatus.GOOD);
            assertThat(ofFresh.getCerts())
                    .containsExactly(scepgate.rollingNext().ocspCertificate());
            assertThat(mistaken.getResponses()[0].getCertStatus()).isInstanceOf(UnknownStatus.class);
            URI crl = switched.url().resolve(URI.create(PublicUrl.of(old).crl()).getPath());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> new X509CRLHolder(ScepEndpoint.send(
                                                    HttpRequest.newBuilder(crl).build())
                                            .body())
                                    .getRevokedCertificate(old.getSerialNumber())
                            != null);
        }
    }

    private static CertificateID id(TestCa issuer, X509CertificateHolder certificate) throws Exception {
        return new CertificateID(
                new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
                issuer.certificate(),
                certificate.getSerialNumber());
    }

    private static byte[] request(byte[] nonce, CertificateID... ids) throws Exception {
        OCSPReqBuilder request = new OCSPReqBuilder();
        List.of(ids).forEach(request::addRequest);
        if (nonce != null) {
            request.setRequestExtensions(new Extensions(new Extension(
                    OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new DEROctetString(nonce).getEncoded())));
        }
        return request.build().getEncoded();
    }

    private HttpResponse<byte[]> post(String ca, byte[] request) {
        return post(scepgate.server().url().resolve("/ocsp/" + ca), request);
    }

    private static HttpResponse<byte[]> post(URI url, byte[] request) {
        return ScepEndpoint.send(HttpRequest.newBuilder(url)
                .header("Content-Type", "application/ocsp-request")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                .build());
    }

    private static BasicOCSPResp basic(HttpResponse<byte[]> answer) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(200);
        OCSPResp response = new OCSPResp(answer.body());
        assertThat(response.getStatus()).isEqualTo(OCSPResp.SUCCESSFUL);
        BasicOCSPResp basic = (BasicOCSPResp) response.getResponseObject();
        CertificateLint.accepts(basic);
        return basic;
    }
}
