package org.scepgate;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.PropertiesLocationConfigSourceFactory;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** Runs the server until it is told to stop, or ends at once with a line for every setting that is in the way. */
public final class Server {
    private Server() {}

    /** @param afterwards what to do when the server has stopped, for whatever reason, before the process ends */
    public static void run(Runnable afterwards, String... arguments) {
        if (!isTraining()) {
            List<String> problems = new StartupCheck(config()).problems();
            if (!problems.isEmpty()) {
                print(problems);
                afterwards.run();
                System.exit(1);
            }
            DatabaseUrls.of(config()).complete();
            Runtime machine = Runtime.getRuntime();
            EventLoops.complete(config(), machine.availableProcessors(), machine.maxMemory());
        }
        // Quarkus would answer a raw | in a query with an empty 400; OddRequests serves it. There is no setting, and a
        // native executable reads it while it is built (application.properties).
        System.setProperty("vertx.disableURIValidation", "true");
        Quarkus.run(
                null,
                (status, failure) -> {
                    if (failure != null) {
                        report(failure);
                    }
                    afterwards.run();
                    exit(status);
                },
                arguments);
    }

    /** Class data sharing archives are made by running main on the build machine, where nothing is configured. */
    private static boolean isTraining() {
        return Boolean.getBoolean(ApplicationLifecycleManager.QUARKUS_APPCDS_GENERATE_PROP);
    }

    private static void report(Throwable failure) {
        List<String> lines = StartFailure.linesFor(failure);
        if (lines.isEmpty()) {
            // Not through the log, which may not be there yet, or no more.
            failure.printStackTrace();
        } else {
            print(lines);
        }
    }

    private static void print(List<String> lines) {
        lines.forEach(line -> System.err.println("scepgate: " + line));
    }

    /** Made here: in a native executable, the global one is still that of the machine it was built on. */
    static Config config() {
        return ConfigUtils.configBuilder()
                .withSources(new PropertiesLocationConfigSourceFactory())
                .build();
    }

    private static void exit(int status) {
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(status, null);
    }
}
