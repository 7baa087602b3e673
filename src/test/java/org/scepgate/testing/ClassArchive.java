package org.scepgate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The classes of a started server, as the JVM holds them in memory: the first server of a build that is stopped leaves
 * them behind, and those that are started later have them sooner.
 */
final class ClassArchive {
    /** The option that makes one. */
    static final String MAKE = "-XX:ArchiveClassesAtExit=";

    private static final Path FOLDER = Path.of("target").toAbsolutePath();
    private static final String NAME = "server-" + Runtime.version().feature() + ".jsa";

    private final Path jar;

    /** Of this program; one that is built anew has an archive of its own. */
    ClassArchive(Path jar) {
        this.jar = jar;
    }

    /** What a JVM is told to use the archive, if there is one. */
    List<String> use() {
        return isThere() ? List.of("-XX:SharedArchiveFile=" + FOLDER.resolve(NAME)) : List.of();
    }

    /** What the JVM of a server at this port is told: to use the archive, or to make one for as long as there is none. */
    List<String> useOrMake(int port) {
        return isThere()
                ? use()
                // It has much to say about classes that it leaves out, amid the server's log.
                : List.of(MAKE + unfinished(port), "-Xlog:disable");
    }

    /** Takes what a server has left that was not killed: what is begun must not be used. */
    void take(int port) {
        Path made = unfinished(port);
        try {
            if (Files.exists(made)) {
                Files.move(made, FOLDER.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path unfinished(int port) {
        return FOLDER.resolve(port + "-" + NAME);
    }

    private boolean isThere() {
        Path archive = FOLDER.resolve(NAME);
        try {
            return Files.exists(archive)
                    && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
