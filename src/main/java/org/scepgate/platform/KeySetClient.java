package org.scepgate.platform;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/** Fetches key sets without a thread that waits; through the proxy of the JVM's settings, if there is one. */
final class KeySetClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration WHOLE_TIMEOUT = Duration.ofSeconds(4);
    private static final int LARGEST_KEY_SET = 256 * 1024;

    private static final Logger LOG = Logger.getLogger("org.scepgate.issuer");

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            // A connection of HTTP/2 is used again, though it may have died without a word.
            .version(HttpClient.Version.HTTP_1_1)
            // What we were told to trust is that address.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final Duration wholeTimeout;

    KeySetClient() {
        this(WHOLE_TIMEOUT);
    }

    /** @param wholeTimeout from the call to the last byte of the answer */
    KeySetClient(Duration wholeTimeout) {
        this.wholeTimeout = wholeTimeout;
    }

    /**
     * The keys behind a URL, fetched anew at each call.
     *
     * @param key the setting that holds the URL
     */
    Supplier<CompletableFuture<List<JsonWebKey>>> source(String key, String url) {
        try {
            URI address = new URI(url);
            if (!TrustedKeys.isUrl(url) || address.getHost() == null) {
                throw new ConfigurationException(key, "is no http or https URL: " + url);
            }
            if (url.startsWith("http:")) {
                LOG.warnf("%s: whoever can change what is sent from %s can make tokens; use https", key, url);
            }
            return () -> fetch(address);
        } catch (URISyntaxException unreadable) {
            throw new ConfigurationException(key, "is no http or https URL: " + url);
        }
    }

    private CompletableFuture<List<JsonWebKey>> fetch(URI url) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Accept", "application/jwk-set+json, application/json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request, head -> new LimitedBody(LARGEST_KEY_SET));
        // A time limit on the exchange itself would end it without its connection, which only cancel() closes.
        return exchange.copy()
                .orTimeout(wholeTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((answer, failure) -> exchange.cancel(true))
                .thenApply(KeySetClient::keysIn);
    }

    private static List<JsonWebKey> keysIn(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200) {
            throw new CompletionException(new IOException("HTTP status " + answer.statusCode()));
        }
        try {
            return new JsonWebKeySet(new String(answer.body(), StandardCharsets.UTF_8)).getJsonWebKeys();
        } catch (JoseException unreadable) {
            // Its own message quotes the answer.
            throw new CompletionException(new IOException("the answer is no JWKS"));
        }
    }
}
