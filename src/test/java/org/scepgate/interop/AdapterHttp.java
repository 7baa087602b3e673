package org.scepgate.interop;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.TestAdapters;

/** What MDMs send to the adapters. */
final class AdapterHttp {
    static final String EVENT = """
            {"webhook": {"webhookEvent": "SCEPChallenge", "id": 1, "eventTimestamp": 1757435578123, "name": ""},
             "event": {"scepServerUrl": "https://scep.example.com/scep/wifi", "targetDevice": "computer",
                       "payloadIdentifier": "CDB0BC64-F3EB-4B1A-AA5E-9A5D994CA593",
                       "payloadTypes": ["com.apple.security.scep"], "device": {"serialNumber": "C02XYZ"}}}""";

    private final URI server;

    AdapterHttp(URI server) {
        this.server = server;
    }

    static String basic(String user, String password) {
        String pair = user + ":" + password;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    static String basic() {
        return basic(TestAdapters.USER, TestAdapters.PASSWORD);
    }

    HttpResponse<byte[]> webhook(String profile, String authorization, String body) {
        return webhook(profile, authorization, body, "application/json");
    }

    HttpResponse<byte[]> webhook(String profile, String authorization, String body, String type) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/mdm/jamf/" + profile + "/challenge"))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return ScepEndpoint.send(request.build());
    }

    /** A challenge that the webhook gave. */
    String challenge(String profile) {
        return new String(webhook(profile, basic(), EVENT).body(), StandardCharsets.US_ASCII);
    }

    HttpResponse<byte[]> get(String path, String authorization) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).GET();
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return ScepEndpoint.send(request.build());
    }
}
