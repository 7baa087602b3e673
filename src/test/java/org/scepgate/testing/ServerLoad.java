package org.scepgate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a server process costs: its time on the processors, and the heap that is still in use after a collection. */
public final class ServerLoad {
    // "used 45678K" of the heap as a whole: G1 and Serial differ in all else, and Serial has a line for each
    // generation.
    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K|used (\\d+)K");

    private final long pid;

    public ServerLoad(ServerProcess server) {
        this.pid = server.pid();
    }

    /** In steps of ten milliseconds, as Linux counts it. */
    public Duration processorTime() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    /** Bytes that live on after a full collection. */
    public long heapInUse() {
        jcmd("GC.run");
        String info = jcmd("GC.heap_info");
        Matcher generations = USED.matcher(info.split("Metaspace")[0]);
        long kibibytes = 0;
        while (generations.find()) {
            kibibytes += Long.parseLong(generations.group(1) == null ? generations.group(2) : generations.group(1));
        }
        return kibibytes * 1024;
    }

    /** How many sockets it holds: of clients, of the database, and those it listens at. */
    public long sockets() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return descriptors.filter(ServerLoad::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private String jcmd(String command) {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(program, Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("jcmd " + command + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
