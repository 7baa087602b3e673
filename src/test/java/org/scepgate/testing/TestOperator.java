package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;

/** An operator who looks at the requests that wait, decides on them, and asks why devices fail. */
public final class TestOperator {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    private final String token;

    public TestOperator(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    /** The requests of a profile that wait, newest first; the first page will do for a test. */
    public List<JsonNode> pending(String profile) {
        JsonNode page = json("/api/v1/requests?state=pending&limit=200&profile=" + profile);
        List<JsonNode> items = new ArrayList<>();
        page.get("items").forEach(items::add);
        return items;
    }

    /** The waiting request for this subject. */
    public Optional<JsonNode> findPending(String profile, String subject) {
        return pending(profile).stream()
                .filter(held -> held.get("subject").asText().equals(subject))
                .findFirst();
    }

    public String requirePending(String profile, String subject) {
        return findPending(profile, subject).orElseThrow().get("id").asText();
    }

    public JsonNode look(String id) {
        return json("/api/v1/requests/" + id);
    }

    public HttpResponse<byte[]> approve(String id) {
        return rule(id, "approve");
    }

    public HttpResponse<byte[]> deny(String id) {
        return rule(id, "deny");
    }

    private HttpResponse<byte[]> rule(String id, String verdict) {
        return post("/api/v1/requests/" + id + "/" + verdict, "{\"reason\": \"a test says so\"}");
    }

    /** The certificate as the inventory has it. */
    public JsonNode certificate(X509CertificateHolder certificate) {
        return json(at(certificate));
    }

    public void revoke(X509CertificateHolder certificate, String reason) {
        json(tryToRevoke(certificate, reason));
    }

    public HttpResponse<byte[]> tryToRevoke(X509CertificateHolder certificate, String reason) {
        return post(at(certificate) + "/revoke", "{\"reason\": \"" + reason + "\"}");
    }

    public void unhold(X509CertificateHolder certificate) {
        json(post(at(certificate) + "/unhold", "{}"));
    }

    public JsonNode revokeDevice(String deviceId, String reason) {
        return json(post(
                "/api/v1/certificates/revoke", "{\"deviceId\": \"" + deviceId + "\", \"reason\": \"" + reason + "\"}"));
    }

    private static String at(X509CertificateHolder certificate) {
        return "/api/v1/certificates/" + certificate.getSerialNumber().toString(16);
    }

    private HttpResponse<byte[]> post(String path, String body) {
        return ScepEndpoint.send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    /** The steps of a transaction, newest first. */
    public List<JsonNode> steps(String transactionId) {
        String encoded =
                URLEncoder.encode(transactionId, StandardCharsets.UTF_8).replace("+", "%20");
        List<JsonNode> steps = new ArrayList<>();
        json("/api/v1/transactions/" + encoded).get("items").forEach(steps::add);
        return steps;
    }

    public HttpResponse<byte[]> get(String path) {
        return ScepEndpoint.send(request(path).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).header("Authorization", "Bearer " + token);
    }

    /** The body of a 200. */
    public JsonNode json(String path) {
        return json(get(path));
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as(body).isEqualTo(200);
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("HTTP " + answer.statusCode() + " is not JSON: " + body, e);
        }
    }
}
