package org.scepgate.interop;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.scepgate.testing.Scepgate;

/** Requests to the API, the adapters and OCSP that are small to send and would be dear to read. */
final class ApiBombs {
    private static final int MEGABYTE = 1 << 20;
    private static final int MANY = 10_000;

    private final URI server;
    private final String token;

    ApiBombs(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    Map<String, Bomb> requests() {
        Map<String, Bomb> all = new LinkedHashMap<>();
        names(all);
        patterns(all);
        bodies(all);
        return all;
    }

    private void names(Map<String, Bomb> all) {
        all.put(
                "a subject of 1 MB",
                new Bomb("413 payload-too-large", challenge("\"subject\":\"CN=" + "x".repeat(MEGABYTE) + "\"")));
        all.put(
                "a subject of 250,000 characters",
                new Bomb("400 invalid-binding subject", challenge("\"subject\":\"CN=" + "x".repeat(250_000) + "\"")));
        all.put(
                "a subject of 1 MB in a batch",
                new Bomb(
                        "400 invalid-binding items[0].subject",
                        post(
                                "/api/v1/challenges/batch",
                                "{\"items\":[{\"profile\":\"demo\",\"subject\":\"CN=" + "x".repeat(MEGABYTE)
                                        + "\"}]}")));
        for (String part :
                new String[] {"\\\\,", "+CN=a", "CN=a,", " ", "\\\\C3\\\\A4", "#", "\\\\", "\\\\20", "=", "+"}) {
            all.put(
                    "a subject that is CN=" + part + " over and over",
                    new Bomb(
                            "400 invalid-binding subject",
                            challenge("\"subject\":\"CN=" + part.repeat(4000 / part.length()) + "\"")));
        }
        all.put(
                "a value of 1,000 levels",
                new Bomb("400 invalid-binding subject", challenge("\"subject\":\"CN=#" + "3080".repeat(1000) + "\"")));
        String hosts =
                IntStream.range(0, MANY).mapToObj(i -> "\"h" + i + ".a\"").collect(Collectors.joining(","));
        all.put(
                "10,000 alternative names",
                new Bomb(
                        "400 invalid-binding subjectAltNames.dns[100]",
                        challenge("\"subject\":\"CN=a\",\"subjectAltNames\":{\"dns\":[" + hosts + "]}")));
        String host = "a-".repeat(60_000);
        all.put(
                "a host name of 120,000 characters",
                new Bomb(
                        "400 invalid-binding subjectAltNames.dns[0]",
                        challenge("\"subjectAltNames\":{\"dns\":[\"" + host + "\"]}")));
    }

    private void patterns(Map<String, Bomb> all) {
        for (String pattern : new String[] {
            "(((a{1,1000}){1,1000}){1,1000})",
            "(a|a|a)*".repeat(500),
            "(".repeat(2000) + ")".repeat(2000),
            "[a-z]{1000}".repeat(100),
            "(?i)\\\\p{L}{999}".repeat(50),
            // As long as patterns may be: what they repeat is counted.
            "[a-z]{999}".repeat(25),
            "((a{1,99}){1,9}b){1,9}".repeat(10)
        }) {
            all.put(
                    "a pattern of " + pattern.length() + " characters such as " + pattern.substring(0, 20),
                    new Bomb(
                            "400 invalid-binding subjectPattern[0].pattern",
                            challenge("\"match\":\"pattern\",\"subjectPattern\":[{\"type\":\"CN\",\"pattern\":\""
                                    + pattern + "\"}]")));
        }
    }

    private void bodies(Map<String, Bomb> all) {
        all.put(
                "JSON of 100,000 levels",
                new Bomb("400 malformed-json", post("/api/v1/challenges", "[".repeat(100_000))));
        all.put(
                "objects of 10,000 levels",
                new Bomb("400 malformed-json", post("/api/v1/challenges", "{\"subjectAltNames\":".repeat(10_000))));
        all.put(
                "a number of 200,000 digits",
                new Bomb("400 malformed-json", challenge("\"ttl\":" + "9".repeat(200_000))));
        all.put("a number with a huge exponent", new Bomb("400 wrong-type ttl", challenge("\"ttl\":1e999999999")));
        all.put(
                "a time of ages",
                new Bomb(
                        "400 invalid-value ttl",
                        challenge("\"subject\":\"CN=a\",\"ttl\":\"PT" + "9".repeat(1000) + "H\"")));
        all.put(
                "20,000 fields",
                new Bomb(
                        "400 unknown-field f0",
                        challenge(IntStream.range(0, 20_000)
                                .mapToObj(i -> "\"f" + i + "\":1")
                                .collect(Collectors.joining(",")))));
        all.put(
                "an event of 100,000 levels",
                new Bomb(
                        "400 malformed-json",
                        request("/mdm/jamf/jamf/challenge")
                                .header("Authorization", AdapterHttp.basic())
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("[".repeat(100_000)))
                                .build()));
        all.put(
                "an OCSP request of 2,000 levels",
                new Bomb(
                        "200 OCSP " + OCSPRespBuilder.MALFORMED_REQUEST,
                        request("/ocsp/test")
                                .header("Content-Type", "application/ocsp-request")
                                .POST(BodyPublishers.ofByteArray(HostileBytes.nested(2_000)))
                                .build()));
        all.put(
                "60,000 escaped characters by GET",
                new Bomb(
                        "400 scep.message-malformed",
                        request("/scep/" + Scepgate.DEMO + "?operation=PKIOperation&message=" + "%20".repeat(20_000))
                                .GET()
                                .build()));
    }

    private HttpRequest challenge(String fields) {
        return post("/api/v1/challenges", "{\"profile\":\"" + Scepgate.DEMO + "\"," + fields + "}");
    }

    private HttpRequest post(String path, String json) {
        return request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path));
    }
}
