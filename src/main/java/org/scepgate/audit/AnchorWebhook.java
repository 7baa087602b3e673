package org.scepgate.audit;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.scepgate.seal.Anchor;

/** Posts seals to a URL as lines of JSON; any answer of 2xx takes them. */
record AnchorWebhook(URI url, HttpClient client) implements AnchorTarget {
    private static final int TIMEOUT_MILLIS = 10_000;

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public Uni<Void> write(List<Anchor> anchors) {
        String lines = anchors.stream().map(anchor -> anchor.toJson() + "\n").collect(Collectors.joining());
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(url.toString())
                .putHeader("Content-Type", "application/x-ndjson")
                .setTimeout(TIMEOUT_MILLIS)
                .setFollowRedirects(false);
        // Chained inside, on the connection's own thread: outside, the answer could end before anybody reads it.
        return UniHelper.toUni(
                client.request(request).compose(open -> open.send(lines).compose(AnchorWebhook::taken)));
    }

    private static Future<Void> taken(HttpClientResponse answer) {
        int status = answer.statusCode();
        // The connection is of use again when the answer has been read; what it says is of none, however long it is.
        return answer.handler(part -> {})
                .end()
                .compose(read -> status / 100 == 2
                        ? Future.succeededFuture()
                        : Future.failedFuture(new IOException("the webhook answered " + status)));
    }
}
