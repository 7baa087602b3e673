package org.scepgate.outbound;

import io.vertx.core.Vertx;

/** A client for tests of other rooms, which may call this machine. */
public final class LoopbackClient {
    private LoopbackClient() {}

    public static OutboundClient on(Vertx vertx) {
        return new OutboundClient(vertx, Settings.LOOPBACK);
    }
}
