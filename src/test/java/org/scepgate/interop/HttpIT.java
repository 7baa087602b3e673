package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.RawHttp;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** SCEP's HTTP as devices speak it, old ones too, and orderly answers to what is not served. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpIT {
    private static final String SUBJECT = "CN=http.acme.example,O=Acme";
    private static final String PATH = "/scep/demo?operation=PKIOperation";

    private final Scepgate scepgate;
    private final ScepEndpoint endpoint;
    private final TestDevice device;
    private final TestMdm.Challenge challenge;
    private final RawHttp raw;

    HttpIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.endpoint = scepgate.endpoint(Scepgate.DEMO);
        this.device = TestDevice.withRsaKey(endpoint);
        this.challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        this.raw = new RawHttp(scepgate.server().port());
    }

    @Test
    void listsItsCapabilitiesOneByOneInPlainLines() {
        HttpResponse<byte[]> answer = endpoint.getCaCaps();

        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain");
        String text = new String(answer.body(), StandardCharsets.US_ASCII);
        assertThat(text).doesNotContain("\r");
        assertThat(text.lines())
                .contains("AES", "POSTPKIOperation", "SCEPStandard", "SHA-256", "SHA-384", "SHA-512", "Renewal")
                .doesNotContain("DES3", "SHA-1", "MD5", "GetNextCACert");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "&message=", "&message=0", "&message=1", "&message=CAIdentifier", "&message=SCEP%20Auth"})
    void answersWhateverMessageAClientAddsToItsQuestions(String message) {
        HttpResponse<byte[]> capabilities = endpoint.get("operation=GetCACaps" + message);
        HttpResponse<byte[]> certificates = endpoint.get("operation=GetCACert" + message);

        assertThat(capabilities.body()).isEqualTo(endpoint.getCaCaps().body());
        assertThat(certificates.statusCode()).isEqualTo(200);
        assertThat(certificates.headers().firstValue("Content-Type")).contains("application/x-x509-ca-ra-cert");
        assertThat(endpoint.caCertificates().all())
                .startsWith(scepgate.ca().raCertificate())
                .contains(scepgate.ca().certificate());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/scep/demo",
                "/scep/demo/",
                "/scep/demo/pkiclient.exe",
                "/scep/demo/cgi-bin/pkiclient.exe",
                "/scep/demo/PKIClient.exe/",
                "/cgi-bin/pkiclient.exe",
                "/cgi-bin/pkiclient.exe/",
                "/cgi-bin/PKIClient.EXE"
            })
    void servesThePathsThatClientsMakeUp(String path) {
        ScepEndpoint other = new ScepEndpoint(scepgate.server().url().resolve(path));

        assertThat(other.caCertificates()).isEqualTo(endpoint.caCertificates());
        assertThat(device.read(other.post(message())).isSuccess()).isTrue();
        assertThat(device.read(other.getMessage(message())).isSuccess()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-pki-message",
                "application/octet-stream",
                "application/pkcs7",
                "text/plain",
                "no/such"
            })
    void readsAPostOfAnyContentType(String type) {
        HttpRequest request = endpoint.request("operation=PKIOperation")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(message()))
                .build();

        assertThat(device.read(ScepEndpoint.send(request)).isSuccess()).isTrue();
    }

    @Test
    void readsAPostWithoutContentTypeAndWithoutOperation() {
        HttpRequest bare = HttpRequest.newBuilder(endpoint.url())
                .POST(BodyPublishers.ofByteArray(message()))
                .build();

        assertThat(device.read(ScepEndpoint.send(bare)).isSuccess()).isTrue();
    }

    @Test
    void readsAChunkedPost() {
        byte[] message = message();
        HttpRequest request = endpoint.request("operation=PKIOperation")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(message)))
                .build();

        assertThat(device.read(ScepEndpoint.send(request)).isSuccess()).isTrue();
    }

    @Test
    void asksForTheBodyOfAClientThatWaits() {
        byte[] message = message();
        String head = "POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Expect: 100-continue\r\nContent-Length: " + message.length + "\r\n\r\n";

        RawHttp.Answer answer = raw.exchangeAfterContinue(head, message);

        requireSuccess(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0\r\n", "HTTP/1.0\r\nHost: localhost\r\n"})
    void servesHttp10WithAndWithoutAHost(String version) {
        byte[] message = message();

        RawHttp.Answer certificates =
                raw.exchange("GET /scep/demo?operation=GetCACert " + version + "\r\n", new byte[0]);
        RawHttp.Answer answer = raw.exchange(
                "POST " + PATH + " " + version + "Content-Length: " + message.length + "\r\n\r\n", message);

        assertThat(certificates.status()).isEqualTo(200);
        assertThat(certificates.header("Content-Length")).contains("" + certificates.body().length);
        requireSuccess(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /scep/demo?operation=GetCACertChain,           400",
        "GET,    /scep/demo?operation=getcacert,                400",
        "GET,    /scep/demo?operation=,                         400",
        "GET,    /scep/demo,                                    400",
        "GET,    /scep/demo?operation=PKIOperation,             400",
        "GET,    /scep/demo?operation=PKIOperation&message=,    400",
        "GET,    /scep/demo?operation=PKIOperation&message=%25, 400",
        "GET,    /scep/demo?operation=PKIOperation&message=AA*, 400",
        "GET,    /scep/unknown?operation=GetCACaps,             404",
        "GET,    /scep/unknown/pkiclient.exe?operation=GetCACaps, 404",
        "POST,   /scep/unknown?operation=PKIOperation,          404",
        "POST,   /scep/demo?operation=GetCACaps,                405",
        "POST,   /scep/demo?operation=GetCACert,                405",
        "POST,   /scep/demo?operation=Unknown,                  400",
        "PUT,    /scep/demo?operation=PKIOperation,             405",
        "DELETE, /scep/demo,                                    405",
        "PATCH,  /scep/demo,                                    405",
    })
    void refusesInAnOrderlyWay(String method, String path, int status) {
        URI uri = URI.create(scepgate.server().url().resolve("/") + path.substring(1));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, BodyPublishers.ofByteArray(new byte[] {0x30, 0x00}))
                .build();

        HttpResponse<byte[]> answer = ScepEndpoint.send(request);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
    }

    @Test
    void enrolsNobodyByHead() {
        String spared = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT).secret();
        byte[] message = device.request(device.csr(SUBJECT, spared)).build();
        String base64 = URLEncoder.encode(Base64.getEncoder().encodeToString(message), StandardCharsets.US_ASCII);

        HttpResponse<byte[]> answer = ScepEndpoint.send(endpoint.request("operation=PKIOperation&message=" + base64)
                .method("HEAD", BodyPublishers.noBody())
                .build());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET", "POST");
        TestDevice other = TestDevice.withRsaKey(endpoint);
        byte[] others = other.request(other.csr(SUBJECT, spared)).build();
        assertThat(other.read(endpoint.post(others)).isSuccess()).isTrue();
    }

    @Test
    void answersAHeadOfWhatChangesNothing() {
        HttpRequest head = endpoint.request("operation=GetCACert")
                .method("HEAD", BodyPublishers.noBody())
                .build();

        assertThat(ScepEndpoint.send(head).statusCode()).isEqualTo(200);
    }

    @Test
    void readsALongGet() {
        HttpResponse<byte[]> answer = endpoint.getMessage(paddedMessage(24_000));

        assertThat(answer.request().uri().toString().length()).isGreaterThan(32_000);
        assertThat(device.read(answer).isSuccess()).isTrue();
    }

    @Test
    void refusesRequestLinesOfMoreThan64KiB() {
        String line = "GET /scep/demo?operation=PKIOperation&message=" + "A".repeat(66_000) + " HTTP/1.1\r\n";

        RawHttp.Answer answer = raw.exchange(line + "Host: localhost\r\nConnection: close\r\n\r\n", new byte[0]);

        assertThat(answer.status()).isEqualTo(414);
    }

    @Test
    void readsALargeBody() {
        byte[] large = paddedMessage(240_000);

        assertThat(large.length).isBetween(240_000, 256 * 1024);
        assertThat(device.read(endpoint.post(large)).isSuccess()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {256 * 1024 + 1, 10 * 1024 * 1024})
    void refusesBodiesOfMoreThan256KiB(int announced) {
        String head =
                "POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " + announced;

        RawHttp.Answer answer = raw.exchange(head + "\r\n\r\n", new byte[0]);

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void refusesChunkedBodiesOfMoreThan256KiB() {
        String head = "POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(300_000) + "\r\n";

        RawHttp.Answer answer = raw.exchange(head, new byte[300_000]);

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void answersALongUnknownChallengeByGet() {
        TestCsr csr = device.csr(SUBJECT, "c".repeat(4096));

        HttpResponse<byte[]> answer = endpoint.getMessage(device.request(csr).build());

        assertThat(device.read(answer).failInfo()).contains("2");
    }

    private void requireSuccess(RawHttp.Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("application/x-pki-message");
        assertThat(answer.header("Content-Length")).contains("" + answer.body().length);
        assertThat(device.read(answer.body()).isSuccess()).isTrue();
    }

    /** The one request of this class's device: the first enrols, every other is a retry. */
    private byte[] message() {
        return device.request(device.csr(SUBJECT, challenge.secret())).build();
    }

    /** The same request with an attribute that nobody reads, and the challenge it may have spent before. */
    private byte[] paddedMessage(int length) {
        DEROctetString padding = new DEROctetString(new byte[length]);
        Attribute unknown = new Attribute(new ASN1ObjectIdentifier("1.3.6.1.4.1.311.13.2.3"), new DERSet(padding));
        return device.request(device.csr(SUBJECT, challenge.secret()).attribute(unknown))
                .build();
    }
}
