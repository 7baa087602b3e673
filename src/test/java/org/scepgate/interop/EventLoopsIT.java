package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;

/** How many event loops a server has, as the system knows its threads. */
@ExtendWith(Scepgate.Extension.class)
class EventLoopsIT {
    // The kernel keeps fifteen characters of a thread's name.
    private static final String EVENT_LOOP = "vert.x-eventloo";

    private final Scepgate scepgate;

    EventLoopsIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @Test
    void areHalfAsManyAsCores() throws IOException {
        int expected = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

        assertThat(eventLoops(scepgate.server())).isEqualTo(expected);
    }

    @Test
    void areAsManyAsAreChosen() throws IOException {
        try (ServerProcess server =
                scepgate.startPeer(settings -> settings.with("quarkus.vertx.event-loops-pool-size", "5"))) {
            assertThat(eventLoops(server)).isEqualTo(5);
        }
    }

    private static long eventLoops(ServerProcess server) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(server.pid()), "task"))) {
            return threads.map(EventLoopsIT::name).filter(EVENT_LOOP::equals).count();
        }
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (NoSuchFileException ended) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
