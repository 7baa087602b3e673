package org.scepgate;

import io.quarkus.runtime.annotations.QuarkusMain;

/** The start of the packaged server: nothing but its configuration decides what it uses. */
@QuarkusMain
public final class Application {
    public static void main(String... arguments) {
        Server.run(() -> {}, arguments);
    }
}
