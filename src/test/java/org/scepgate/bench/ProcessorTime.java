package org.scepgate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Processor time of processes, as Linux counts it in {@code /proc/<pid>/stat}. */
final class ProcessorTime {
    private static final Path PROC = Path.of("/proc");
    // USER_HZ, which is 100 on every architecture that Java runs on.
    private static final Duration TICK = Duration.ofMillis(10);

    // Positions after the name of the program, which is in parentheses and may hold blanks (man 5 proc).
    private static final int PARENT = 1;
    private static final int OWN_USER = 11;
    private static final int OWN_SYSTEM = 12;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;

    private ProcessorTime() {}

    /** Time of this process alone. */
    static Duration of(long pid) {
        List<String> fields = fields(pid).orElseThrow(() -> new IllegalStateException("no process " + pid));
        return ticks(fields, OWN_USER, OWN_SYSTEM);
    }

    /** Time of this process and its children, those that have ended included. */
    static Duration ofFamily(long pid) {
        List<String> parent = fields(pid).orElseThrow(() -> new IllegalStateException("no process " + pid));
        Duration ended = ticks(parent, CHILDREN_USER, CHILDREN_SYSTEM);
        return childrenOf(pid)
                .map(child -> ticks(child, OWN_USER, OWN_SYSTEM))
                .reduce(ended.plus(ticks(parent, OWN_USER, OWN_SYSTEM)), Duration::plus);
    }

    static long parentOf(long pid) {
        return fields(pid).map(fields -> Long.parseLong(fields.get(PARENT))).orElseThrow();
    }

    private static Stream<List<String>> childrenOf(long pid) {
        try (Stream<Path> all = Files.list(PROC)) {
            List<List<String>> children = all.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("\\d+"))
                    .flatMap(name -> fields(Long.parseLong(name)).stream())
                    .filter(fields -> Long.parseLong(fields.get(PARENT)) == pid)
                    .toList();
            return children.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<List<String>> fields(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"));
            return Optional.of(List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ")));
        } catch (NoSuchFileException ended) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration ticks(List<String> fields, int user, int system) {
        return TICK.multipliedBy(Long.parseLong(fields.get(user)) + Long.parseLong(fields.get(system)));
    }
}
