package org.scepgate.authorization;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.scepgate.outbound.OutboundAnswer;
import org.scepgate.outbound.OutboundClient;
import org.scepgate.outbound.OutboundRequest;
import org.scepgate.outbound.RequestSigner;
import org.scepgate.policy.Authorization;

/** Where the questions of one profile go, and how they are written, signed and read. */
record AuthorizationEndpoint(
        URI url, Duration timeout, RequestSigner signer, OutboundClient client, ObjectMapper json, Clock clock) {

    Uni<OutboundAnswer> send(UUID id, AuthorizationQuestion question) {
        byte[] body = QuestionJson.bytes(id, question, json);
        OutboundRequest request = OutboundRequest.post(url, "application/json", Buffer.buffer(body), timeout)
                .with(signer.headersFor(body, now()));
        return client.send(request);
    }

    Authorization read(OutboundAnswer answer) {
        return AnswerJson.read(answer, json);
    }

    Instant now() {
        return clock.instant();
    }
}
