package org.scepgate.platform;

import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The caller of the request at hand. */
@RequestScoped
public class CurrentCaller {
    private final SecurityIdentity identity;
    private final HttpServerRequest request;

    CurrentCaller(SecurityIdentity identity, HttpServerRequest request) {
        this.identity = identity;
        this.request = request;
    }

    public Caller get() {
        String address =
                request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
        return new Caller(identity.getPrincipal().getName(), identity.getRoles(), address);
    }

    /** When the caller's token ends: an answer that goes on must not go on any longer. */
    public Optional<Instant> tokenEnd() {
        return identity.getPrincipal() instanceof JsonWebToken token
                ? Optional.of(Instant.ofEpochSecond(token.getExpirationTime()))
                : Optional.empty();
    }
}
