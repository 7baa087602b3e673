package org.scepgate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Processor time of a server's threads by what they do, as Linux counts it in {@code /proc/<pid>/task}. Threads that have
 * ended meanwhile are missing.
 *
 * @param millis by kind
 */
record ThreadTimes(Map<String, Double> millis) {
    private static final double MILLIS_PER_TICK = 10;
    private static final int OWN_USER = 11;
    private static final int OWN_SYSTEM = 12;

    static ThreadTimes of(long pid) throws IOException {
        Map<String, Double> millis = new TreeMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            tasks.forEach(task -> add(task, millis));
        }
        return new ThreadTimes(millis);
    }

    ThreadTimes minus(ThreadTimes before) {
        return with(before, -1);
    }

    ThreadTimes plus(ThreadTimes more) {
        return with(more, 1);
    }

    private ThreadTimes with(ThreadTimes other, int sign) {
        Map<String, Double> all = new TreeMap<>(millis);
        other.millis.forEach((kind, time) -> all.merge(kind, sign * time, Double::sum));
        return new ThreadTimes(all);
    }

    /** Of which each took so many milliseconds for one of so many enrolments. */
    String perEnrolment(int enrolments) {
        return millis.entrySet().stream()
                .filter(kind -> kind.getValue() >= 0.01 * enrolments)
                .map(kind -> String.format(Locale.ROOT, "%s %.2f", kind.getKey(), kind.getValue() / enrolments))
                .collect(Collectors.joining(", "));
    }

    private static void add(Path task, Map<String, Double> millis) {
        try {
            String stat = Files.readString(task.resolve("stat"));
            int end = stat.lastIndexOf(')');
            String[] fields = stat.substring(end + 2).split(" ");
            double time = MILLIS_PER_TICK * (Long.parseLong(fields[OWN_USER]) + Long.parseLong(fields[OWN_SYSTEM]));
            millis.merge(kind(stat.substring(stat.indexOf('(') + 1, end)), time, Double::sum);
        } catch (NoSuchFileException ended) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // The kernel keeps fifteen characters of a name.
    private static String kind(String name) {
        if (name.startsWith("C1 Comp") || name.startsWith("C2 Comp")) {
            return "compiler";
        }
        if (name.startsWith("vert.x-event")) {
            return "event loops";
        }
        if (name.startsWith("scepgate-crypto")) {
            return "crypto pool";
        }
        return name.startsWith("G1 ") || name.startsWith("GC ") || name.equals("VM Thread") ? "collector" : "others";
    }
}
