package org.scepgate.mdm.intune;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.scepgate.outbound.OutboundRequest;
import org.scepgate.platform.Kept;

/** Tokens for one scope (OAuth 2.0 client credentials), kept until shortly before they end. */
final class EntraTokens {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Duration BEFORE_ITS_END = Duration.ofMinutes(2);
    private static final long DEFAULT_SECONDS = 300;

    private final EntraApp app;
    private final MicrosoftHttp http;
    private final Clock clock;
    private final Kept<Token> token;
    private final String scope;

    EntraTokens(EntraApp app, MicrosoftHttp http, Clock clock, String scope) {
        this.app = app;
        this.http = http;
        this.clock = clock;
        this.scope = scope;
        this.token = new Kept<>(this::fetch, kept -> clock.instant().isBefore(kept.until()));
    }

    /** The registration in Entra that this service is known by. */
    record EntraApp(IntuneSettings settings, EntraCredential credential) {}

    /** @param until when it is not used any more */
    record Token(String value, Instant until) {
        String header() {
            return "Bearer " + value;
        }

        /** Leaves the token out. */
        @Override
        public String toString() {
            return "Token[until=" + until + "]";
        }
    }

    Uni<Token> get() {
        return token.get();
    }

    /** It was refused: one that was made before a permission was granted fails for as long as it lives. */
    void drop(Token refused) {
        token.drop(refused);
    }

    private Uni<Token> fetch() {
        return app.credential()
                .fields()
                .map(this::request)
                .chain(request -> http.send(Endpoint.TOKEN, request))
                .map(this::read);
    }

    private OutboundRequest request(Map<String, String> proof) {
        Map<String, String> fields = new HashMap<>(proof);
        fields.put("grant_type", "client_credentials");
        fields.put("client_id", app.settings().clientId());
        fields.put("scope", scope);
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return OutboundRequest.post(
                app.settings().tokenEndpoint(),
                FORM,
                Buffer.buffer(form),
                app.settings().config().timeout());
    }

    private Token read(JsonObject answer) {
        if (answer.getValue("access_token") instanceof String value && !value.isEmpty()) {
            long seconds =
                    answer.getValue("expires_in") instanceof Number number ? number.longValue() : DEFAULT_SECONDS;
            Duration life = Duration.ofSeconds(seconds);
            Duration used =
                    life.compareTo(BEFORE_ITS_END.multipliedBy(2)) > 0 ? life.minus(BEFORE_ITS_END) : life.dividedBy(2);
            return new Token(value, clock.instant().plus(used));
        }
        throw new IntuneException(IntuneException.Kind.MALFORMED, Endpoint.TOKEN.tag() + ": the answer has no token");
    }
}
