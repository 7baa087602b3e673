package org.scepgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.scepgate.testing.Scepgate;

/**
 * Measures how soon a new process answers its first GetCACaps and what memory it holds, with the image's JVM options: the
 * jar alone, then the jar with a cache that a training run made. JDK 25 makes an AOT cache, older ones a class archive.
 */
final class StartupBench {
    private static final int CONNECTIONS = 32;
    private static final int ENROLMENTS = 3000;
    private static final int TRAINING = 40;

    private final Scepgate scepgate;
    private final Path cache;
    private final boolean ahead = Runtime.version().feature() >= 25;

    StartupBench(Scepgate scepgate) throws IOException {
        this.scepgate = scepgate;
        this.cache = Files.createTempDirectory("scepgate-cache").resolve("app.cache");
    }

    void run() throws Exception {
        say("");
        say("Start to first GetCACaps 200, Java %s, %s", Runtime.version(), String.join(" ", ImageOptions.all()));
        measure("jar", List.of());
        train();
        measure(ahead ? "jar, AOT cache" : "jar, class archive", List.of(option("AOTCache", "SharedArchiveFile")));
        say("  cache %d MiB", Files.size(cache) / 1024 / 1024);
    }

    private void measure(String what, List<String> more) throws Exception {
        try (StartedServer server = start(more)) {
            long idle = ResidentMemory.mebibytes(server.pid());
            load(server, ENROLMENTS);
            say(
                    "  %-18s %6d ms, %d MiB resident, %d MiB after %d enrolments over %d connections",
                    what,
                    server.untilFirstAnswer().toMillis(),
                    idle,
                    ResidentMemory.mebibytes(server.pid()),
                    ENROLMENTS,
                    CONNECTIONS);
        }
    }

    private void train() throws Exception {
        try (StartedServer server = start(List.of(option("AOTCacheOutput", "ArchiveClassesAtExit")))) {
            load(server, TRAINING);
        }
        if (!Files.exists(cache)) {
            throw new IllegalStateException("the training run left no cache; see target/server-logs");
        }
    }

    private void load(StartedServer server, int enrolments) throws Exception {
        PreparedEnrolments prepared = PreparedEnrolments.make(scepgate, enrolments);
        prepared.check(
                Load.send(prepared.messages(), CONNECTIONS, server.port(), KeepAliveConnection.Target.OURS)
                        .answers(),
                new HashSet<>());
    }

    private StartedServer start(List<String> more) throws IOException {
        List<String> options = new ArrayList<>(ImageOptions.all());
        options.addAll(more);
        // A cold server on a busy machine may need longer for its first requests than devices are let wait.
        return StartedServer.start(
                scepgate.settings().with("scepgate.request.timeout", "PT2M"), options, StartedServer.Program.ofBench());
    }

    private String option(String sinceJdk25, String before) {
        return "-XX:" + (ahead ? sinceJdk25 : before) + "=" + cache;
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
