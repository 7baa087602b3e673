package org.scepgate.mdm.intune;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.scepgate.outbound.OutboundAnswer;
import org.scepgate.outbound.OutboundClient;
import org.scepgate.outbound.OutboundException;
import org.scepgate.outbound.OutboundRequest;

/** One call and its answer in JSON, or an {@link IntuneException}. */
final class MicrosoftHttp {
    private static final int LONGEST_PAUSE_SECONDS = 3600;

    private final OutboundClient client;
    private final IntuneMetrics metrics;
    private final Clock clock;

    MicrosoftHttp(OutboundClient client, IntuneMetrics metrics, Clock clock) {
        this.client = client;
        this.metrics = metrics;
        this.clock = clock;
    }

    Uni<JsonObject> send(Endpoint endpoint, OutboundRequest request) {
        return Uni.createFrom().deferred(() -> {
            long start = System.nanoTime();
            return client.send(request)
                    .onFailure(OutboundException.class)
                    .transform(failure -> told(endpoint, (OutboundException) failure))
                    .map(answer -> read(endpoint, answer))
                    .invoke(answer -> metrics.call(endpoint, outcome(answer), start))
                    .onFailure(IntuneException.class)
                    .invoke(failure -> metrics.call(
                            endpoint, ((IntuneException) failure).kind().tag(), start));
        });
    }

    /** What those three calls answer with a code is well answered, and may still be a no. */
    private static String outcome(JsonObject answer) {
        return !answer.containsKey(ScepAnswer.CODE) || ScepAnswer.of(answer).isSuccess()
                ? IntuneMetrics.OK
                : IntuneMetrics.REFUSED;
    }

    private static IntuneException told(Endpoint endpoint, OutboundException failure) {
        IntuneException.Kind kind = failure.kind() == OutboundException.Kind.TIMED_OUT
                ? IntuneException.Kind.TIMED_OUT
                : IntuneException.Kind.UNREACHABLE;
        return new IntuneException(kind, endpoint.tag() + ": " + failure.getMessage());
    }

    private JsonObject read(Endpoint endpoint, OutboundAnswer answer) {
        if (!answer.isSuccess()) {
            throw refusal(endpoint, answer);
        }
        return json(answer)
                .orElseThrow(() -> new IntuneException(
                        endpoint.isAboutOneRequest() ? IntuneException.Kind.UNCLEAR : IntuneException.Kind.MALFORMED,
                        endpoint.tag() + ": the answer is no JSON object"));
    }

    private IntuneException refusal(Endpoint endpoint, OutboundAnswer answer) {
        String error = json(answer).map(MicrosoftHttp::errorIn).orElse("");
        return new IntuneException(
                kindOf(endpoint, answer.status()),
                endpoint.tag() + ": HTTP status " + answer.status() + error,
                answer.header("Retry-After").flatMap(this::seconds));
    }

    private static IntuneException.Kind kindOf(Endpoint endpoint, int status) {
        if (status == 401 || status == 403) {
            return IntuneException.Kind.UNAUTHORIZED;
        }
        if (status / 100 == 3 || status == 404 || status == 410) {
            return IntuneException.Kind.MOVED;
        }
        boolean blamesTheRequest = status / 100 == 4 && status != 408 && status != 429;
        return endpoint.isAboutOneRequest() && blamesTheRequest
                ? IntuneException.Kind.REJECTED
                : IntuneException.Kind.HTTP_ERROR;
    }

    /** Entra's error and its number (AADSTS…); the description beside them may quote what was sent. */
    private static String errorIn(JsonObject answer) {
        Object error = answer.getValue("error");
        Object numbers = answer.getValue("error_codes");
        String name = error instanceof String text && text.matches("[a-z_]{1,40}") ? " " + text : "";
        return name + (numbers == null ? "" : " " + numbers.toString().replaceAll("[^0-9,]", ""));
    }

    private static Optional<JsonObject> json(OutboundAnswer answer) {
        try {
            return Optional.of(answer.body().toJsonObject());
        } catch (DecodeException | ClassCastException unreadable) {
            // Its own message quotes the answer, which may be a token.
            return Optional.empty();
        }
    }

    /** RFC 9110 section 10.2.3: a number of seconds, or a date. */
    private Optional<Integer> seconds(String retryAfter) {
        try {
            long seconds = retryAfter.matches("\\d{1,9}")
                    ? Long.parseLong(retryAfter)
                    : Duration.between(
                                    clock.instant(),
                                    ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME))
                            .toSeconds();
            return Optional.of((int) Math.max(1, Math.min(LONGEST_PAUSE_SECONDS, seconds)));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
