package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** An MDM that asks the API for challenges and looks at what became of them. */
public final class TestMdm {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI api;
    private final String token;

    public TestMdm(URI server, String token) {
        this.api = server.resolve("/api/v1/challenges");
        this.token = token;
    }

    /** A challenge as the API gave it. */
    public record Challenge(String id, String secret, JsonNode json) {}

    /** The body of a request for a challenge, to which more fields can be put. */
    public static ObjectNode wish(String profile, String subject, String... dns) {
        ObjectNode wish = JSON.createObjectNode();
        wish.put("profile", profile).put("subject", subject);
        List.of(dns).forEach(wish.putObject("subjectAltNames").putArray("dns")::add);
        return wish;
    }

    public Challenge challenge(String profile, String subject, String... dns) {
        return challenge(wish(profile, subject, dns));
    }

    public Challenge challenge(ObjectNode wish) {
        HttpResponse<byte[]> answer = post(wish.toString());
        JsonNode json = json(answer);
        assertThat(answer.statusCode()).as("POST challenge: " + json).isEqualTo(201);
        return new Challenge(json.get("id").asText(), json.get("challenge").asText(), json);
    }

    /** The secrets of up to a thousand challenges, in the order of the wishes. */
    public List<String> challenges(List<ObjectNode> wishes) {
        ObjectNode batch = JSON.createObjectNode().put("mode", "all-or-nothing");
        batch.putArray("items").addAll(wishes);
        HttpResponse<byte[]> answer = postTo("/batch", batch.toString());
        JsonNode json = json(answer);
        assertThat(answer.statusCode()).as("POST batch: " + json).isEqualTo(201);
        return StreamSupport.stream(json.get("items").spliterator(), false)
                .map(item -> item.get("challenge").get("challenge").asText())
                .toList();
    }

    /** Posts a body that need not be well-formed. */
    public HttpResponse<byte[]> post(String body) {
        return postTo("", body);
    }

    /** Likewise, to what is below the challenges: {@code /batch}. */
    public HttpResponse<byte[]> postTo(String path, String body) {
        return ScepEndpoint.send(request(URI.create(api + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    /** All that were made for this client and can still be used. */
    public JsonNode open() {
        return json(ScepEndpoint.send(request(URI.create(api + "?state=ISSUED&limit=200"))
                        .GET()
                        .build()))
                .get("items");
    }

    /** The challenge as the API shows it now. */
    public JsonNode look(Challenge challenge) {
        HttpResponse<byte[]> answer =
                ScepEndpoint.send(request(at(challenge)).GET().build());
        assertThat(answer.statusCode()).as("GET challenge").isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain(challenge.secret());
        return json(answer);
    }

    public String stateOf(Challenge challenge) {
        return look(challenge).get("state").asText();
    }

    /** The serial number of the certificate that the challenge was spent on, in hex as the API writes it. */
    public Optional<String> serialOf(Challenge challenge) {
        return Optional.ofNullable(look(challenge).get("certificateSerial")).map(JsonNode::asText);
    }

    public HttpResponse<byte[]> cancel(Challenge challenge) {
        return ScepEndpoint.send(request(at(challenge)).DELETE().build());
    }

    private URI at(Challenge challenge) {
        return URI.create(api + "/" + challenge.id());
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("HTTP " + answer.statusCode() + " is not JSON: " + body, e);
        }
    }
}
