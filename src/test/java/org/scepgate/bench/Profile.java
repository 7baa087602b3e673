package org.scepgate.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a server does while it is measured, recorded by the JVM's own flight recorder; costs a few per cent. */
final class Profile implements AutoCloseable {
    private final long pid;

    private Profile(long pid) {
        this.pid = pid;
    }

    static Profile start(long pid, Path file) throws IOException, InterruptedException {
        // Processor time by its clock and not by chance, which JDK 25 has.
        List<String> events = Runtime.version().feature() >= 25
                ? List.of("jdk.CPUTimeSample#enabled=true", "jdk.CPUTimeSample#throttle=5ms")
                : List.of();
        List<String> options =
                new ArrayList<>(List.of("name=bench", "settings=profile", "filename=" + file.toAbsolutePath()));
        options.addAll(events);
        jcmd(pid, "JFR.start", options.toArray(String[]::new));
        return new Profile(pid);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        jcmd(pid, "JFR.stop", "name=bench");
    }

    private static void jcmd(long pid, String command, String... options) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        line.add(Long.toString(pid));
        line.add(command);
        line.addAll(Arrays.asList(options));
        if (new ProcessBuilder(line).inheritIO().start().waitFor() != 0) {
            throw new IOException("jcmd failed: " + line);
        }
    }
}
