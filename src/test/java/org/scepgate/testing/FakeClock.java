package org.scepgate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** The clock of a process that is started with {@link #environment()}: that of the machine, set off by libfaketime. */
public final class FakeClock {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final Path LIBRARY = Path.of("faketime", "libfaketimeMT.so.1");

    private final Path file;

    private FakeClock(Path file) {
        this.file = file;
    }

    /** One that is right at first. */
    public static FakeClock in(Path folder) {
        FakeClock clock = new FakeClock(folder.resolve("clock"));
        clock.setOff(Duration.ZERO);
        return clock;
    }

    /** Sets it off by so much from now on, also under a process that runs. */
    public void setOff(Duration offset) {
        try {
            Path next = file.resolveSibling("clock.next");
            Files.writeString(next, "%+d%n".formatted(offset.toSeconds()));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library().toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file.toAbsolutePath().toString(),
                "FAKETIME_NO_CACHE",
                "1",
                // Timers go on as they did: only what the clock on the wall says is wrong.
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    private static Path library() {
        try (Stream<Path> folders = Files.list(LIBRARIES)) {
            return folders.map(folder -> folder.resolve(LIBRARY))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no libfaketime here (Debian package faketime)"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
