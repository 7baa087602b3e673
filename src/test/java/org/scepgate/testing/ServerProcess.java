package org.scepgate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The packaged server in a process of its own, which can be killed at any moment and started again. */
public final class ServerProcess implements AutoCloseable {
    /** In the environment: what a JVM takes its options from, as in the image. */
    public static final String JVM_OPTIONS = "JDK_JAVA_OPTIONS";

    // As a terminal, a viewer and a collector split the log.
    private static final String ENDS_OF_LINES = "[\\n\\r\\u0085\\u2028\\u2029\\u000b\\u000c]";
    // What a server writes when it is time, whoever asks it for what. A log that is text shortens names.
    private static final Pattern OF_NO_REQUEST =
            Pattern.compile("\\borg\\.sce(pgate)?\\.(crl|retention|schedule|health|webhook)\\b|action=alarm\\.");

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(30);
    // The first of a build writes the archive of its classes last: five seconds, and many more on a busy machine.
    private static final Duration ARCHIVED_WITHIN = Duration.ofMinutes(2);

    private final ServerSettings settings;
    private final Map<String, String> environment;
    private final int port;
    private final int tlsPort;
    private final int managementPort;
    private final Path log;
    private final Optional<RoundRobin> balancer;
    private final HttpClient client = HttpClient.newHttpClient();
    private Process process;
    private Duration stoppedWithin;

    private ServerProcess(
            ServerSettings settings, Map<String, String> environment, Path log, Optional<RoundRobin> balancer)
            throws IOException {
        this.settings = settings;
        this.environment = environment;
        this.port = ServerPorts.next();
        this.tlsPort = ServerPorts.next();
        this.managementPort = ServerPorts.next();
        this.log = log;
        this.balancer = balancer;
        StartedServers.add(ServerSettings.reachedAt(port()).with(settings.values()));
    }

    /** Starts {@link PackagedProgram} and waits until it is ready. */
    public static ServerProcess start(ServerSettings settings) {
        return start(settings, Map.of());
    }

    /** As {@link #start(ServerSettings)}, with more in its environment. */
    public static ServerProcess start(ServerSettings settings, Map<String, String> environment) {
        try {
            ServerProcess server = new ServerProcess(settings, environment, newLog(), Optional.empty());
            server.launch();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts as many at once behind a balancer, whose address is theirs, with one log. */
    public static List<ServerProcess> startBehind(RoundRobin balancer, ServerSettings settings, int replicas) {
        try {
            Path log = newLog();
            List<ServerProcess> servers = new ArrayList<>();
            for (int i = 0; i < replicas; i++) {
                servers.add(new ServerProcess(settings, Map.of(), log, Optional.of(balancer)));
            }
            servers.parallelStream().forEach(ServerProcess::restart);
            servers.forEach(server -> balancer.add(server.port, server.management()));
            return servers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newLog() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "server-logs"));
        return Files.createTempFile(folder, "server-", ".log");
    }

    /** Where devices reach it: the balancer, where it has one. */
    public URI url() {
        return URI.create("http://localhost:" + port() + "/");
    }

    /** Where this very process listens. */
    public int ownPort() {
        return port;
    }

    /** Where health, metrics and OpenAPI are. */
    public URI management() {
        return URI.create("http://localhost:" + managementPort + "/");
    }

    /** What stands at a path of the management port: health, metrics, OpenAPI. */
    public String managed(String path) {
        HttpRequest request = HttpRequest.newBuilder(management().resolve(path)).build();
        return new String(ScepEndpoint.send(request).body(), StandardCharsets.UTF_8);
    }

    public ScepEndpoint endpoint(String profile) {
        return new ScepEndpoint(url().resolve("/scep/" + profile));
    }

    public int port() {
        return balancer.map(RoundRobin::port).orElse(port);
    }

    /** Where HTTPS is, if the settings turn it on. */
    public int tlsPort() {
        return tlsPort;
    }

    public long pid() {
        return process.pid();
    }

    /** Everything the process has written so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines that requests have written since the log was so long. */
    public List<String> linesOfRequestsSince(int length) {
        String written = log().substring(length).strip();
        return written.isEmpty()
                ? List.of()
                : Stream.of(written.split(ENDS_OF_LINES))
                        .filter(line -> !OF_NO_REQUEST.matcher(line).find())
                        .toList();
    }

    /** Where it is written. */
    public Path logFile() {
        return log;
    }

    /** Ends the process at once, as the kernel or a power cut would: SIGKILL. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts again on the same port with the same settings after {@link #kill()} or {@link #close()}. */
    public void restart() {
        try {
            launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the process to end and does not wait for it: SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    @Override
    public void close() {
        terminate();
        if (endsByItself()) {
            PackagedProgram.ended(port);
        }
    }

    private void launch() throws IOException {
        List<String> command = command();
        stoppedWithin = PackagedProgram.leavesArchive(command) ? ARCHIVED_WITHIN : STOPPED_WITHIN;
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        // A server must not outlive the tests, not even when they are interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        try {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(100))
                    .atMost(READY_WITHIN)
                    .until(this::isReadyOrDead);
        } catch (ConditionTimeoutException e) {
            close();
            throw new IllegalStateException("The server was not ready in time:\n" + log(), e);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException("The server ended with " + process.exitValue() + ":\n" + log());
        }
    }

    private List<String> command() {
        boolean isAsInTheImage = environment.containsKey(JVM_OPTIONS);
        List<String> options = new ArrayList<>();
        if (!isAsInTheImage) {
            options.add("-Xmx512m");
        }
        options.add("-Dquarkus.http.host=localhost");
        options.add("-Dquarkus.http.port=" + port);
        options.add("-Dquarkus.http.ssl-port=" + tlsPort);
        options.add("-Dquarkus.management.host=localhost");
        options.add("-Dquarkus.management.port=" + managementPort);
        options.add("-Dscepgate.base-url=http://localhost:" + port());
        // No balancer that has to notice: a test that has one says how long it waits.
        options.add("-Dquarkus.shutdown.delay=0");
        settings.values().forEach((key, value) -> options.add("-D" + key + "=" + value));
        return isAsInTheImage ? PackagedProgram.serverAsInTheImage(options) : PackagedProgram.server(port, options);
    }

    private boolean isReadyOrDead() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            return true;
        }
        HttpRequest request = HttpRequest.newBuilder(management().resolve("/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (ConnectException | HttpTimeoutException notYet) {
            return false;
        }
    }

    /** Waits for the end of its JVM; whether it came in time, without a SIGKILL from here. */
    public boolean endsByItself() {
        try {
            if (process.waitFor(stoppedWithin.toSeconds(), TimeUnit.SECONDS)) {
                return true;
            }
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
