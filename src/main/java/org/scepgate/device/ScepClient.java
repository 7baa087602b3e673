package org.scepgate.device;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.scepgate.scep.CertRepDecoder;

/** SCEP's three ways over HTTP (RFC 8894 section 4.1). */
final class ScepClient {
    private static final String MESSAGE_TYPE = "application/x-pki-message";

    private final URI url;
    private final Duration timeout;
    private final HttpClient http;

    ScepClient(URI url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    URI url() {
        return url;
    }

    HttpAnswer get(String operation) throws CommandException {
        return send(request("operation=" + operation).GET().build());
    }

    HttpAnswer post(byte[] message) throws CommandException {
        return send(request("operation=PKIOperation")
                .header("Content-Type", MESSAGE_TYPE)
                .POST(BodyPublishers.ofByteArray(message))
                .build());
    }

    /** For servers without POSTPKIOperation. */
    HttpAnswer getMessage(byte[] message) throws CommandException {
        String base64 = Base64.getEncoder().encodeToString(message);
        return get("PKIOperation&message=" + URLEncoder.encode(base64, StandardCharsets.US_ASCII));
    }

    private HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(URI.create(url + "?" + query)).timeout(timeout);
    }

    private HttpAnswer send(HttpRequest request) throws CommandException {
        long start = System.nanoTime();
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(CertRepDecoder.MAX_REPLY_BYTES + 1);
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                return new HttpAnswer(
                        response.statusCode(),
                        response.headers().firstValue("Content-Type"),
                        // A date, which it may be too, no server of SCEP is known to send.
                        response.headers().firstValue("Retry-After").filter(text -> text.matches("[0-9]{1,9}")),
                        bytes,
                        took);
            }
        } catch (HttpTimeoutException e) {
            throw CommandException.fault("no answer from " + url + " within " + timeout.toSeconds() + " s");
        } catch (ConnectException e) {
            throw CommandException.fault("nobody listens at " + url);
        } catch (IOException e) {
            throw CommandException.fault("cannot talk to " + url + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.fault("interrupted");
        }
    }
}
