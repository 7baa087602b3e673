package org.scepgate.mdm.intune;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.scepgate.mdm.intune.Action.Service;
import org.scepgate.outbound.OutboundClient;
import org.scepgate.outbound.OutboundRequest;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.Kept;

/** Where Intune's services are: Graph says so, and Microsoft moves them. */
final class ServiceDirectory {
    // Intune's own application, in every tenant.
    private static final String PATH = "/v1.0/servicePrincipals/appId=0000000a-0000-0000-c000-000000000000/endpoints";

    private final IntuneSettings settings;
    private final EntraTokens tokens;
    private final MicrosoftHttp http;
    private final OutboundClient client;
    private final Kept<Map<String, URI>> services;

    ServiceDirectory(IntuneSettings settings, EntraTokens tokens, MicrosoftHttp http, OutboundClient client) {
        this.settings = settings;
        this.tokens = tokens;
        this.http = http;
        this.client = client;
        this.services = new Kept<>(this::fetch, kept -> true);
    }

    /** All services by their names in lower case; the same value until {@link #drop}. */
    Uni<Map<String, URI>> get() {
        return services.get();
    }

    void drop(Map<String, URI> outdated) {
        services.drop(outdated);
    }

    /** @throws IntuneException if Graph knows none of that name, which it may be asked for again */
    URI require(Map<String, URI> services, Service service) {
        URI found = services.get(service.providerName().toLowerCase(Locale.ROOT));
        if (found == null) {
            drop(services);
            throw new IntuneException(
                    IntuneException.Kind.MALFORMED, "Graph knows no service " + service.providerName());
        }
        return found;
    }

    private Uni<Map<String, URI>> fetch() {
        return tokens.get()
                .chain(this::list)
                .onFailure(failure -> IntuneException.is(failure, IntuneException.Kind.UNAUTHORIZED))
                .recoverWithUni(() -> tokens.get().chain(this::list))
                .map(this::read);
    }

    private Uni<JsonObject> list(EntraTokens.Token token) {
        return http.send(Endpoint.DISCOVERY, request(token))
                .onFailure(failure -> IntuneException.is(failure, IntuneException.Kind.UNAUTHORIZED))
                .invoke(() -> tokens.drop(token));
    }

    private OutboundRequest request(EntraTokens.Token token) {
        URI url = URI.create(settings.graph() + PATH);
        return OutboundRequest.get(url, settings.config().timeout())
                .with(Map.of(
                        "Authorization",
                        token.header(),
                        "client-request-id",
                        UUID.randomUUID().toString()));
    }

    private Map<String, URI> read(JsonObject answer) {
        if (!(answer.getValue("value") instanceof JsonArray entries)) {
            throw new IntuneException(
                    IntuneException.Kind.MALFORMED, Endpoint.DISCOVERY.tag() + ": the answer has no list");
        }
        Map<String, URI> found = new HashMap<>();
        for (Object entry : entries) {
            if (entry instanceof JsonObject service) {
                add(service, found);
            }
        }
        return Map.copyOf(found);
    }

    private void add(JsonObject service, Map<String, URI> found) {
        Object name = service.getValue("providerName") == null
                ? service.getValue("serviceName")
                : service.getValue("providerName");
        if (name instanceof String text && service.getValue("uri") instanceof String uri && isKnown(text)) {
            found.put(text.toLowerCase(Locale.ROOT), url(text, uri.replaceAll("/+$", "")));
        }
    }

    private static boolean isKnown(String name) {
        for (Service service : Service.values()) {
            if (service.providerName().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private URI url(String service, String uri) {
        try {
            return client.requireUrl(service, uri);
        } catch (ConfigurationException unusable) {
            // Nobody configured it: it is what Graph said.
            throw new IntuneException(
                    IntuneException.Kind.MALFORMED,
                    Endpoint.DISCOVERY.tag() + ": the address of " + service + " is no https URL");
        }
    }
}
