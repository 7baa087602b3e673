package org.scepgate.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.TestDevice;

/**
 * A request that is small to send and would be dear to read.
 *
 * @param answer the one that it must get, as {@link #send} tells it
 */
record Bomb(String answer, HttpRequest request) {
    // By their numbers, RFC 8894, 3.2.1.4.5.
    private static final List<String> FAIL_INFOS =
            List.of("badAlg", "badMessageCheck", "badRequest", "badTime", "badCertId");

    /** The HTTP status, and what stands behind it in the words of SCEP, of OCSP, or of the API: code and field. */
    String send(TestDevice device) {
        HttpResponse<byte[]> received = ScepEndpoint.send(request);
        return (received.statusCode() + " " + wordsOf(received, device)).strip();
    }

    private static String wordsOf(HttpResponse<byte[]> received, TestDevice device) {
        try {
            return switch (received.headers().firstValue("Content-Type").orElse("")) {
                case "application/x-pki-message" -> wordsOf(device.read(received));
                case "application/ocsp-response" -> "OCSP " + new OCSPResp(received.body()).getStatus();
                case "application/problem+json" -> wordsOf(new ObjectMapper().readTree(received.body()));
                default -> "";
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String wordsOf(CertRep certRep) {
        return certRep.failInfo()
                .map(number -> FAIL_INFOS.get(Integer.parseInt(number)))
                .orElse("pkiStatus " + certRep.pkiStatus());
    }

    private static String wordsOf(JsonNode problem) {
        return problem.path("code").asText() + " " + problem.path("field").asText();
    }
}
