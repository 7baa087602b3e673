package org.scepgate.outbound;

import io.netty.util.NetUtil;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.TrustOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.scepgate.outbound.OutboundException.Kind;
import org.scepgate.platform.ConfigurationException;

/**
 * Calls addresses that an administrator configured, and no others: a name is looked up first, all its addresses are
 * checked, and the connection goes to one that was. Redirects are not followed.
 */
@Singleton
public class OutboundClient {
    /** How many calls one setting may let be open at once; several of them may name the same server. */
    public static final int MOST_AT_ONCE = 256;

    static final int CONNECTIONS_PER_SERVER = 2 * MOST_AT_ONCE;
    private static final String PROXY = OutboundConfig.PREFIX + ".proxy";
    // Shorter than the servers' own time, most of which is 5 seconds or more: a request would meet the end of it.
    private static final int IDLE_SECONDS = 4;

    private final Vertx vertx;
    private final AddressRules rules;
    private final boolean hasProxy;
    private final HttpClient client;
    private final NameLookups names;

    @Inject
    OutboundClient(Vertx vertx, OutboundConfig config) {
        this(vertx, config, NameLookup.SYSTEM);
    }

    OutboundClient(Vertx vertx, OutboundConfig config, NameLookup names) {
        this.vertx = vertx;
        this.rules = new AddressRules(config);
        this.hasProxy = config.proxy().isPresent();
        this.client = vertx.createHttpClient(options(config));
        this.names = new NameLookups(vertx, names);
    }

    private static HttpClientOptions options(OutboundConfig config) {
        HttpClientOptions options = new HttpClientOptions()
                .setMaxPoolSize(CONNECTIONS_PER_SERVER)
                // What waits for a connection would spend its time limit on that, and blame the server.
                .setMaxWaitQueueSize(0)
                .setKeepAliveTimeout(IDLE_SECONDS);
        config.proxy().map(OutboundClient::proxy).ifPresent(options::setProxyOptions);
        config.trustedCertificates()
                .map(OutboundTrust::with)
                .ifPresent(trusted -> options.setTrustOptions(TrustOptions.wrap(trusted)));
        return options;
    }

    private static ProxyOptions proxy(URI url) {
        if (!"http".equals(url.getScheme()) || url.getHost() == null || url.getPort() < 0) {
            throw new ConfigurationException(PROXY, "must be like http://proxy.acme.example:3128");
        }
        if (url.getRawUserInfo() != null) {
            throw new ConfigurationException(PROXY, "must not hold a password: none is sent to a proxy");
        }
        return new ProxyOptions()
                .setType(ProxyType.HTTP)
                .setHost(OutboundExchange.host(url))
                .setPort(url.getPort());
    }

    /**
     * The URL in a setting, for an {@link OutboundRequest}.
     *
     * @param key the setting's, for the {@link ConfigurationException} that a URL of no use is
     */
    public URI requireUrl(String key, String text) {
        try {
            URI url = new URI(text);
            boolean http = "http".equals(url.getScheme());
            if (http && (!rules.mayBeHttp() || hasProxy)) {
                throw new ConfigurationException(
                        key,
                        "must be an https URL; " + OutboundConfig.PREFIX
                                + ".allow-http lets it be http in an allowed network, without a proxy");
            }
            if (!http && !"https".equals(url.getScheme()) || url.getHost() == null || url.getPort() == 0) {
                throw new ConfigurationException(key, "must be an https URL");
            }
            if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
                throw new ConfigurationException(key, "must be a URL without user, password and fragment");
            }
            return url;
        } catch (URISyntaxException unreadable) {
            // Its message would quote the URL, and some have a secret in them.
            throw new ConfigurationException(key, "is no URL");
        }
    }

    /** The answer, on the caller's Vert.x context; fails with {@link OutboundException} where there is none. */
    public Uni<OutboundAnswer> send(OutboundRequest request) {
        return Uni.createFrom().emitter(caller -> {
            Context context = vertx.getOrCreateContext();
            // All of it on one context: an answer that arrives on another could end before anybody reads it.
            context.runOnContext(begun -> Future.succeededFuture()
                    .compose(here -> new OutboundExchange(client, request).run(vertx, addressesFor(request.url())))
                    .onComplete(caller::complete, caller::fail));
        });
    }

    private Future<List<InetAddress>> addressesFor(URI url) {
        String host = OutboundExchange.host(url);
        if (hasProxy && !NetUtil.isValidIpV4Address(host) && !NetUtil.isValidIpV6Address(host)) {
            return Future.succeededFuture(List.of());
        }
        boolean encrypted = url.getScheme().equals("https");
        return names.addressesOf(host)
                .recover(unknown ->
                        Future.failedFuture(new OutboundException(Kind.UNREACHABLE, host + " has no address", unknown)))
                .compose(found -> checked(host, found, encrypted))
                .map(found -> hasProxy ? List.<InetAddress>of() : found);
    }

    /** All of them must be allowed: which one is taken is chance. */
    private Future<List<InetAddress>> checked(String host, List<InetAddress> found, boolean encrypted) {
        for (InetAddress address : found) {
            Optional<String> objection = rules.objectionTo(address, encrypted);
            if (objection.isPresent()) {
                return Future.failedFuture(new OutboundException(
                        Kind.ADDRESS_REFUSED,
                        "%s is not called: %s %s".formatted(host, address.getHostAddress(), objection.get())));
            }
        }
        return Future.succeededFuture(found);
    }

    @PreDestroy
    void close() {
        client.close();
        names.close();
    }
}
