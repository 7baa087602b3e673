package org.scepgate.mdm.intune;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.scepgate.mdm.intune.IntuneException.Kind;
import org.scepgate.outbound.OutboundRequest;

/**
 * Calls Intune's services with a token, at the address that Graph gives. Once more where that can help: with a new token
 * if the old one was refused, at a new address if nobody is at the old one. Nothing else is repeated.
 */
final class MicrosoftCalls {
    private static final String JSON = "application/json";
    /** The address may be another one by now. */
    private static final Set<Kind> MOVED = Set.of(Kind.UNREACHABLE, Kind.MOVED, Kind.TIMED_OUT);
    /** Nothing was done there, so that it can be done again. */
    private static final Set<Kind> REPEATED = Set.of(Kind.UNAUTHORIZED, Kind.UNREACHABLE, Kind.MOVED);

    private final IntuneSettings settings;
    private final EntraTokens tokens;
    private final ServiceDirectory services;
    private final MicrosoftHttp http;

    MicrosoftCalls(IntuneSettings settings, EntraTokens tokens, ServiceDirectory services, MicrosoftHttp http) {
        this.settings = settings;
        this.tokens = tokens;
        this.services = services;
        this.http = http;
    }

    private record Call(Action action, JsonObject body, boolean first) {}

    /** The answer; fails with {@link IntuneException}. */
    Uni<JsonObject> post(Action action, JsonObject body) {
        return send(new Call(action, body, true));
    }

    private Uni<JsonObject> send(Call call) {
        return services.get().chain(known -> tokens.get().chain(token -> send(call, known, token)));
    }

    private Uni<JsonObject> send(Call call, Map<String, URI> known, EntraTokens.Token token) {
        return http.send(call.action().endpoint(), request(call, known, token))
                .onFailure(IntuneException.class)
                .recoverWithUni(failure -> {
                    forget(((IntuneException) failure).kind(), known, token);
                    return call.first() && REPEATED.contains(((IntuneException) failure).kind())
                            ? send(new Call(call.action(), call.body(), false))
                            : Uni.createFrom().failure(failure);
                });
    }

    private void forget(Kind kind, Map<String, URI> known, EntraTokens.Token token) {
        if (kind == Kind.UNAUTHORIZED) {
            tokens.drop(token);
        }
        if (MOVED.contains(kind)) {
            services.drop(known);
        }
    }

    private OutboundRequest request(Call call, Map<String, URI> known, EntraTokens.Token token) {
        Action action = call.action();
        URI url = URI.create(services.require(known, action.service()) + "/" + action.path());
        String caller = settings.config().callerInfo();
        return OutboundRequest.post(
                        url, JSON, call.body().toBuffer(), settings.config().timeout())
                .with(Map.of(
                        "Authorization",
                        token.header(),
                        "client-request-id",
                        UUID.randomUUID().toString(),
                        "api-version",
                        action.service().apiVersion(),
                        // Spelled so by Microsoft's own library.
                        "UserAgent",
                        caller,
                        "User-Agent",
                        caller));
    }
}
