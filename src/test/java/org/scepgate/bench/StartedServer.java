package org.scepgate.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerPorts;
import org.scepgate.testing.ServerSettings;

/** A server process with JVM options of its own, watched from its start to its first answer. */
final class StartedServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final int port;
    private final Duration untilFirstAnswer;

    private StartedServer(Process process, int port, Duration untilFirstAnswer) {
        this.process = process;
        this.port = port;
        this.untilFirstAnswer = untilFirstAnswer;
    }

    /**
     * What is measured.
     *
     * @param java the home of a JDK
     * @param jar the package
     */
    record Program(Path java, Path jar) {
        /** The package of {@code scepgate.jar} on the JDK that the bench runs on. */
        static Program ofBench() {
            return new Program(
                    Path.of(System.getProperty("java.home")),
                    Path.of(System.getProperty("scepgate.jar", "target/quarkus-app/quarkus-run.jar")));
        }

        /** Another one, where the system properties with these names say so. */
        Program or(String javaProperty, String jarProperty) {
            return new Program(
                    named(javaProperty).orElse(java), named(jarProperty).orElse(jar));
        }

        private static Optional<Path> named(String property) {
            return Optional.of(System.getProperty(property, ""))
                    .filter(value -> !value.isEmpty())
                    .map(Path::of);
        }
    }

    static StartedServer start(ServerSettings settings, List<String> options, Program program) throws IOException {
        int port = ServerPorts.next();
        Path log = Files.createTempFile(Files.createDirectories(Path.of("target", "server-logs")), "bench-", ".log");
        Instant begin = Instant.now();
        ProcessBuilder builder = new ProcessBuilder(command(settings, options, port, program))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        URI capabilities = URI.create("http://localhost:" + port + "/scep/" + Scepgate.DEMO + "?operation=GetCACaps");
        try {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(PATIENCE)
                    .until(() -> answersUnlessEnded(process, capabilities, log));
        } catch (RuntimeException notStarted) {
            process.destroyForcibly();
            throw notStarted;
        }
        return new StartedServer(process, port, Duration.between(begin, Instant.now()));
    }

    /** From the start of the process to the first GetCACaps with status 200. */
    Duration untilFirstAnswer() {
        return untilFirstAnswer;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** Asks the process to stop and waits until it has: a JVM that writes a cache does so at its end. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(ServerSettings settings, List<String> options, int port, Program program)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(program.java().resolve("bin/java").toString());
        command.addAll(options);
        settings.values().forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-Dquarkus.http.host=localhost");
        command.add("-Dquarkus.http.port=" + port);
        // Not 0: with it the start does not come to its end.
        command.add("-Dquarkus.management.port=" + ServerPorts.next());
        command.add("-Dscepgate.base-url=http://localhost:" + port);
        command.add("-jar");
        command.add(program.jar().toString());
        return command;
    }

    private static boolean answersUnlessEnded(Process process, URI address, Path log) throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the server has ended, see " + log);
        }
        return answers(address);
    }

    private static boolean answers(URI address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        try {
            return connection.getResponseCode() == 200;
        } catch (IOException notYetListening) {
            return false;
        } finally {
            connection.disconnect();
        }
    }
}
