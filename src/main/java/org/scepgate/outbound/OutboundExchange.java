package org.scepgate.outbound;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.scepgate.outbound.OutboundException.Kind;

/** One request and its answer, all on the Vert.x context that it was begun on. */
final class OutboundExchange {
    private static final long LONGEST_CONNECT_MILLIS = 5_000;

    private final HttpClient client;
    private final OutboundRequest request;
    private final Promise<OutboundAnswer> outcome = Promise.promise();
    private HttpClientRequest open;

    OutboundExchange(HttpClient client, OutboundRequest request) {
        this.client = client;
        this.request = request;
    }

    /** @param addresses those that may be called, in the order in which they are tried; none where a proxy finds them */
    Future<OutboundAnswer> run(Vertx vertx, Future<List<InetAddress>> addresses) {
        Duration limit = request.limit();
        long timer = vertx.setTimer(limit.toMillis(), ended -> timeOut());
        addresses
                .compose(found -> found.isEmpty() ? exchange(request()) : tryInTurn(found))
                .onComplete(outcome::tryComplete, failure -> outcome.tryFail(told(failure)));
        return outcome.future().onComplete(ended -> vertx.cancelTimer(timer));
    }

    private void timeOut() {
        if (outcome.tryFail(new OutboundException(
                        Kind.TIMED_OUT, host(request.url()) + " did not answer within " + request.limit()))
                && open != null) {
            open.reset();
        }
    }

    /** The next one where there is no connection; once connected, the request may have arrived. */
    private Future<OutboundAnswer> tryInTurn(List<InetAddress> addresses) {
        // The address that was checked, not the name: that one could lead elsewhere when asked again.
        SocketAddress server =
                SocketAddress.inetSocketAddress(port(), addresses.get(0).getHostAddress());
        List<InetAddress> others = addresses.subList(1, addresses.size());
        return exchange(request().setServer(server))
                .recover(failure ->
                        open == null && !others.isEmpty() && !outcome.future().isComplete()
                                ? tryInTurn(others)
                                : Future.failedFuture(failure));
    }

    private RequestOptions request() {
        URI url = request.url();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setSsl(url.getScheme().equals("https"))
                .setHost(host(url))
                .setPort(port())
                .setURI((url.getRawPath().isEmpty() ? "/" : url.getRawPath()) + query)
                .setConnectTimeout(
                        Math.min(LONGEST_CONNECT_MILLIS, request.limit().toMillis()))
                .setFollowRedirects(false);
        request.headers().forEach(options::putHeader);
        return options;
    }

    private Future<OutboundAnswer> exchange(RequestOptions options) {
        return client.request(options).compose(this::send);
    }

    private Future<OutboundAnswer> send(HttpClientRequest opened) {
        open = opened.exceptionHandler(failure -> outcome.tryFail(told(failure)));
        if (outcome.future().isComplete()) {
            opened.reset();
            return outcome.future();
        }
        return (request.body() == null ? opened.send() : opened.send(request.body())).compose(LimitedAnswer::read);
    }

    private OutboundException told(Throwable failure) {
        if (failure instanceof OutboundException known) {
            return known;
        }
        String host = host(request.url());
        return failure instanceof ConnectionPoolTooBusyException
                ? new OutboundException(Kind.NOT_SENT, "too many calls to " + host + " are open", failure)
                : new OutboundException(
                        Kind.UNREACHABLE, host + " cannot be reached: " + failure.getMessage(), failure);
    }

    private int port() {
        URI url = request.url();
        return url.getPort() >= 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
    }

    /** Without the brackets of an address of version 6. */
    static String host(URI url) {
        return url.getHost().replaceAll("^\\[|]$", "");
    }
}
