package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/** A SCEP URL as a device sees it. */
public final class ScepEndpoint {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final URI url;

    public ScepEndpoint(URI url) {
        this.url = url;
    }

    public URI url() {
        return url;
    }

    /** The endpoint of another profile of the same server. */
    public ScepEndpoint beside(String profile) {
        return new ScepEndpoint(url.resolve("/scep/" + profile));
    }

    public HttpResponse<byte[]> getCaCaps() {
        return get("operation=GetCACaps");
    }

    /** Fetches and reads GetCACert in either of its two forms. */
    public CaCertificates caCertificates() {
        HttpResponse<byte[]> answer = get("operation=GetCACert");
        assertThat(answer.statusCode()).as("GetCACert").isEqualTo(200);
        String type = answer.headers().firstValue("Content-Type").orElse("");
        try {
            if (type.equals("application/x-x509-ca-cert")) {
                return new CaCertificates(List.of(new X509CertificateHolder(answer.body())));
            }
            assertThat(type).isEqualTo("application/x-x509-ca-ra-cert");
            return CaCertificates.ofBundle(answer.body());
        } catch (IOException e) {
            throw new AssertionError("GetCACert", e);
        }
    }

    /** PKIOperation by POST. */
    public HttpResponse<byte[]> post(byte[] message) {
        return send(request("operation=PKIOperation")
                .header("Content-Type", "application/x-pki-message")
                .POST(BodyPublishers.ofByteArray(message))
                .build());
    }

    /** PKIOperation by GET, as RFC 8894, 4.1 writes it. */
    public HttpResponse<byte[]> getMessage(byte[] message) {
        String base64 = Base64.getEncoder().encodeToString(message);
        return get("operation=PKIOperation&message=" + URLEncoder.encode(base64, StandardCharsets.US_ASCII));
    }

    /** A GET with this raw query. */
    public HttpResponse<byte[]> get(String query) {
        return send(request(query).GET().build());
    }

    /** A request to this URL with a raw query, to be completed by the caller. */
    public HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(URI.create(url + "?" + query)).timeout(Duration.ofSeconds(60));
    }

    public static HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    request.method() + " " + request.uri().getPath(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
