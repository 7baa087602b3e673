package org.scepgate.outbound;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks names up off the event loop. Whoever asks for a name that is being looked up waits for that answer: a name whose
 * servers are silent holds one thread, however many ask for it.
 */
final class NameLookups {
    // A look-up blocks its thread until the resolver gives up: so many names may be silent before others wait for them.
    private static final int AT_ONCE = 32;

    private final Vertx vertx;
    private final NameLookup names;
    private final WorkerExecutor threads;
    private final Map<String, Future<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    NameLookups(Vertx vertx, NameLookup names) {
        this.vertx = vertx;
        this.names = names;
        this.threads = vertx.createSharedWorkerExecutor("scepgate-outbound", AT_ONCE);
    }

    /** On the caller's Vert.x context, whoever asked first. */
    Future<List<InetAddress>> addressesOf(String name) {
        Context context = vertx.getOrCreateContext();
        Promise<List<InetAddress>> answer = Promise.promise();
        Future<List<InetAddress>> shared = underWay.computeIfAbsent(name, this::lookUp);
        shared.onComplete(found -> {
            underWay.remove(name, shared);
            context.runOnContext(here -> answer.handle(found));
        });
        return answer.future();
    }

    private Future<List<InetAddress>> lookUp(String name) {
        return threads.executeBlocking(() -> names.addressesOf(name), false);
    }

    void close() {
        threads.close();
    }
}
