package org.scepgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process has in memory, as the kernel counts it ({@code VmRSS} in {@code /proc/<pid>/status}). */
final class ResidentMemory {
    private static final String NAME = "VmRSS:";

    private ResidentMemory() {}

    static long mebibytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith(NAME))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
