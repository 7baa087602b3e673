package org.scepgate.platform;

import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;

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
}
