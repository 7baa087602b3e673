package org.scepgate.dev;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;
import org.scepgate.Server;

/** The start of {@code ./mvnw quarkus:dev}: brings what nobody configured, then runs the server as in production. */
@QuarkusMain(name = "dev")
@IfBuildProfile("dev")
public final class DevApplication {
    private static final Path FOLDER = Path.of(".data");

    public static void main(String... arguments) {
        awaitEndOfLastRun();
        // Until Quarkus itself starts, configuration would be read as in production, without %dev.
        LaunchMode.set(LaunchMode.DEVELOPMENT);
        DevEnvironment environment;
        try {
            environment = DevEnvironment.open(FOLDER, ConfigProvider.getConfig());
        } catch (CannotStartException e) {
            System.err.println("scepgate: " + e.getMessage());
            System.exit(1);
            return;
        }
        Thread onSignal = new Thread(() -> closeAfterServer(environment), "Development environment");
        Runtime.getRuntime().addShutdownHook(onSignal);
        Server.run(() -> close(environment, onSignal), arguments);
    }

    /** Live reload starts the next run while the last one's main thread still stops its PostgreSQL. */
    private static void awaitEndOfLastRun() {
        Thread current = Thread.currentThread();
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread != current && thread.getName().equals(current.getName()))
                .forEach(DevApplication::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** After a signal the JVM may end before main gets here; the database must outlive the requests being answered. */
    private static void closeAfterServer(DevEnvironment environment) {
        Application server = Application.currentApplication();
        if (server != null) {
            server.awaitShutdown();
        }
        environment.close();
    }

    private static void close(DevEnvironment environment, Thread onSignal) {
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException alreadyShuttingDown) {
            // The hook does it, and once is enough.
            return;
        }
        environment.close();
    }
}
