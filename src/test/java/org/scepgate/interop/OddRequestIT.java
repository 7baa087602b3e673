package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.RawHttp;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** HTTP that no standard allows and that is sent all the same; none of it is an error of the server's. */
@ExtendWith(Scepgate.Extension.class)
class OddRequestIT {
    private final Scepgate scepgate;
    private final RawHttp raw;
    private final int logged;

    OddRequestIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.raw = new RawHttp(scepgate.server().port());
        this.logged = scepgate.server().log().length();
    }

    @ParameterizedTest
    @ValueSource(strings = {"|", "{x}", "[", "]", "\"", "^", "`", "<>", "\\", "%", "%zz", "#", "ä", "a|b%7Cc"})
    void servesRawCharactersInTheQuery(String message) {
        for (String path : new String[] {"/scep/demo", "/scep/demo/pkiclient.exe", "/cgi-bin/pkiclient.exe"}) {
            RawHttp.Answer answer = get(path + "?operation=GetCACert&message=" + message, "Host: localhost");

            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.header("Content-Type")).contains("application/x-x509-ca-ra-cert");
        }
        requireNoErrorInTheLog();
    }

    @ParameterizedTest
    @CsvSource({
        "/scep/demo?operation=PKIOperation&message=|,  400",
        "/scep/demo?operation=|,                       400",
        "/scep/de|mo?operation=GetCACaps,              404",
        "/api/v1/challenges?state=|,                   401",
        "/api/v1/chal{lenges,                          404",
    })
    void answersRawCharactersAsTheSameCharactersEncoded(String address, int status) {
        RawHttp.Answer answer = get(address, "Host: localhost");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        requireNoErrorInTheLog();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: a b", "Host: [::", "Host: ex|ample", "Host: a:99999", "Host: a/b"})
    void refusesAHostThatCannotBeRead(String host) {
        RawHttp.Answer scep = get("/scep/demo?operation=GetCACaps", host);
        RawHttp.Answer api = get("/api/v1/challenges", host);

        assertThat(scep.status()).isEqualTo(400);
        assertThat(scep.header("Content-Type")).contains("text/plain");
        assertThat(api.status()).isEqualTo(400);
        assertThat(api.header("Content-Type")).contains("application/problem+json");
        assertThat(text(api)).contains("\"malformed-request\"");
        requireNoErrorInTheLog();
    }

    @Test
    void servesHttp11WithoutAHost() {
        TestDevice device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, "CN=hostless");
        byte[] message =
                device.request(device.csr("CN=hostless", challenge.secret())).build();

        RawHttp.Answer certificates = get("/scep/demo?operation=GetCACert", "Accept: */*");
        RawHttp.Answer issued = raw.exchange(
                "POST /scep/demo?operation=PKIOperation HTTP/1.1\r\nConnection: close\r\nContent-Length: "
                        + message.length + "\r\n\r\n",
                message);

        assertThat(certificates.status()).isEqualTo(200);
        assertThat(certificates.body())
                .isEqualTo(scepgate.endpoint(Scepgate.DEMO)
                        .get("operation=GetCACert")
                        .body());
        assertThat(issued.status()).isEqualTo(200);
        assertThat(device.read(issued.body()).isSuccess()).isTrue();
        requireNoErrorInTheLog();
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,    /api/v1/challenges,                 'GET, HEAD, OPTIONS, POST'",
        "PATCH,  /api/v1/challenges/x,               'DELETE, GET, HEAD, OPTIONS'",
        "DELETE, /api/v1/requests,                   'GET, HEAD, OPTIONS'",
        "GET,    /api/v1/requests/x/approve,         'OPTIONS, POST'",
        "PUT,    /api/v1/transactions/x,             'GET, HEAD, OPTIONS'",
    })
    void namesTheMethodsOfAnAddressOfTheApi(String method, String path, String allowed) {
        RawHttp.Answer answer = raw.exchange(
                method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                new byte[0]);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains(allowed);
    }

    @Test
    void keepsTheAddressesInTheMetricsFew() {
        for (int i = 0; i < 20; i++) {
            get("/scep/made-up-" + i + "?operation=GetCACaps", "Host: localhost");
            get("/scep/made|up-" + i + "?operation=GetCACaps", "Host: localhost");
            get("/made-up/" + i, "Host: localhost");
            get("/made-up/" + i, "Host: made up");
            get("/made-up/" + i, "Accept: */*");
            get("/api/v1/transactions/made-up-" + i, "Host: localhost");
            get("/api/v1/made-up/" + i, "Host: localhost");
            get("/q/made-up/" + i, "Host: localhost");
            manage("/q/made-up/" + i);
        }

        RawHttp.Answer metrics = manage("/q/metrics");

        assertThat(metrics.status()).isEqualTo(200);
        assertThat(text(metrics).lines().filter(line -> line.startsWith("http_server")))
                .isNotEmpty()
                .noneMatch(line -> line.contains("made"));
        assertThat(text(metrics))
                .contains("scepgate_ca_not_after_seconds{ca=\"test\",generation=\"current\",role=\"ra\"}");
    }

    @Test
    void tellsInItsHealthWhenTheCertificatesEnd() {
        ScepEndpoint endpoint = scepgate.endpoint(Scepgate.DEMO);
        RawHttp.Answer health = manage("/q/health/ready");

        String end =
                endpoint.caCertificates().all().get(0).getNotAfter().toInstant().toString();
        assertThat(health.status()).isEqualTo(200);
        assertThat(text(health)).contains("\"certificate-authorities\"", "\"test.current.ra\": \"" + end + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/ready", "/q/metrics"})
    void keepsHealthAndMetricsFromTheDevices(String path) {
        assertThat(get(path, "Host: localhost").status()).isEqualTo(404);
        assertThat(manage(path).status()).isEqualTo(200);
    }

    private RawHttp.Answer manage(String path) {
        return new RawHttp(scepgate.server().management().getPort())
                .exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", new byte[0]);
    }

    private RawHttp.Answer get(String address, String header) {
        return raw.exchange("GET " + address + " HTTP/1.1\r\n" + header + "\r\nConnection: close\r\n\r\n", new byte[0]);
    }

    private static String text(RawHttp.Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private void requireNoErrorInTheLog() {
        assertThat(scepgate.server().log().substring(logged).lines().collect(Collectors.toList()))
                .noneMatch(line -> line.contains("\"level\":\"ERROR\""));
    }
}
