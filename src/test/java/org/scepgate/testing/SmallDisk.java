package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A disk of so many megabytes that a test can fill: a tmpfs, which only root can mount. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Whether this machine lets us. */
    public static boolean isPossible() {
        try (SmallDisk disk = mount(1)) {
            return Files.isDirectory(disk.folder());
        } catch (AssertionError | UncheckedIOException forbidden) {
            return false;
        }
    }

    public static SmallDisk mount(int megabytes) {
        try {
            Path folder = Files.createTempDirectory("scepgate-disk");
            run(List.of("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + megabytes + "m", "tmpfs", folder.toString()));
            SmallDisk disk = new SmallDisk(folder);
            // It is memory, and must not outlive the tests.
            Runtime.getRuntime().addShutdownHook(new Thread(disk::detach));
            return disk;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path folder() {
        return folder;
    }

    /** Takes all space that is left. */
    public void fill() {
        try (OutputStream out = Files.newOutputStream(filler())) {
            byte[] block = new byte[1 << 16];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    /** Gives it back. */
    public void free() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    private void detach() {
        if (Files.exists(folder)) {
            try {
                new ProcessBuilder("umount", "-l", folder.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
                Files.deleteIfExists(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.onExit().join().exitValue()).as(output).isZero();
    }

    @Override
    public void close() {
        detach();
    }
}
