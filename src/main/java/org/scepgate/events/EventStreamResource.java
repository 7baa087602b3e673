package org.scepgate.events;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Caller;
import org.scepgate.platform.CurrentCaller;
import org.scepgate.platform.Roles;

/** Events as they happen: {@code /api/v1/events}. */
@Path("/api/v1/events")
@NonBlocking
@Tag(name = "Events", description = "What happened to challenges and certificates, for those who want to be told")
public class EventStreamResource {
    private static final long RECONNECT_MILLIS = 3_000;

    private final EventStreams streams;
    private final EventsConfig config;
    private final CurrentCaller caller;

    EventStreamResource(EventStreams streams, EventsConfig config, CurrentCaller caller) {
        this.streams = streams;
        this.config = config;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    // nginx keeps answers back until they fill a buffer.
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @RolesAllowed({Roles.CHALLENGE_ISSUER, Roles.OPERATOR, Roles.AUDITOR})
    @Operation(
            operationId = "streamEvents",
            summary = "Be told of events as they happen",
            description = "Server-sent events. The id of each is the event's: with Last-Event-ID the stream goes on"
                    + " after it, on any server, as long as events are kept. It ends when the token does. A"
                    + " challenge-issuer is told of its own challenges and their certificates, operators and auditors of"
                    + " all.")
    @APIResponse(
            responseCode = "200",
            description = "The stream; data is an Event",
            content =
                    @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(implementation = Event.class)))
    @APIResponse(responseCode = "400", description = "A parameter is wrong; field names it. Code: invalid-value")
    @APIResponse(responseCode = "404", description = "The server makes no events. Code: not-found")
    @APIResponse(
            responseCode = "429",
            description = "The server or the caller has too many streams open. Code: too-many-streams")
    public Multi<OutboundSseEvent> stream(
            @Parameter(description = "Only these, such as certificate.issued,challenge.*") @QueryParam("types")
                    String types,
            @Parameter(
                            description = "The id of the last event that was seen",
                            schema = @Schema(implementation = UUID.class))
                    @HeaderParam("Last-Event-ID")
                    String last,
            @Context HttpServerRequest http,
            @Context Sse sse) {
        if (!config.enabled()) {
            throw ApiException.notFound("not-found", "this server makes no events");
        }
        Caller who = caller.get();
        StreamStore.Filter filter =
                new StreamStore.Filter(typesIn(types), who.seesAll() ? Optional.empty() : Optional.of(who.id()));
        EventStreams.Order order = new EventStreams.Order(
                who.id(), filter, idOf(last), caller.tokenEnd().orElse(Instant.MAX));
        if (http.method() == HttpMethod.HEAD) {
            // RFC 9110 section 9.3.2: no body; the place that a stream takes would be lost until its token ends.
            return Multi.createFrom().empty();
        }
        return streams.open(order)
                .onItem()
                .transformToMultiAndConcatenate(step -> Multi.createFrom().items(written(step, sse)));
    }

    private static Stream<OutboundSseEvent> written(EventStreams.Step step, Sse sse) {
        if (step.signOfLife()) {
            return Stream.of(sse.newEventBuilder()
                    .comment("")
                    .reconnectDelay(RECONNECT_MILLIS)
                    .build());
        }
        return step.events().stream()
                .map(told -> sse.newEventBuilder()
                        .id(told.id().toString())
                        .name(told.type())
                        .mediaType(MediaType.TEXT_PLAIN_TYPE)
                        .data(told.body())
                        .build());
    }

    private static Set<String> typesIn(String text) {
        String names = text == null ? String.join(",", "challenge.*", "certificate.*", "request.*", "alarm.*") : text;
        return Arrays.stream(names.split(",", -1))
                .map(name -> EventType.named(name.strip()).orElseThrow(EventStreamResource::unknown))
                .flatMap(Set::stream)
                .map(EventType::text)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static ApiException unknown() {
        return ApiException.badRequest("invalid-value", "types", "there is no event of this type");
    }

    private static Optional<UUID> idOf(String last) {
        try {
            return Optional.ofNullable(last).filter(text -> !text.isEmpty()).map(UUID::fromString);
        } catch (IllegalArgumentException unreadable) {
            throw ApiException.badRequest("invalid-value", "Last-Event-ID", "the id of an event");
        }
    }
}
