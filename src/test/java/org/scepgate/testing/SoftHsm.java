package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** SoftHSM2 behind p11-kit's server, which can be taken away and brought back as the cable of an HSM can. */
public final class SoftHsm implements AutoCloseable {
    public static final String PIN = "271828";

    private static final String PACKAGES = "softhsm2 p11-kit p11-kit-modules";
    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib64/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib64/pkcs11/libsofthsm2.so"));
    private static final List<Path> CLIENTS = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/pkcs11/p11-kit-client.so"),
            Path.of("/usr/lib/aarch64-linux-gnu/pkcs11/p11-kit-client.so"),
            Path.of("/usr/lib64/pkcs11/p11-kit-client.so"));

    private final Path folder;
    private final Path library;
    private final Path client;
    private Process server;

    private SoftHsm(Path folder, Path library, Path client) {
        this.folder = folder;
        this.library = library;
        this.client = client;
    }

    /** An HSM with a token for each label; skips the test where the programs are missing. */
    public static SoftHsm withTokens(String... labels) {
        Path library = require(LIBRARIES);
        Path client = require(CLIENTS);
        try {
            // Short: the path of a socket has at most 107 bytes.
            SoftHsm hsm = new SoftHsm(Files.createTempDirectory("hsm"), library, client);
            hsm.initialize(labels);
            return hsm;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path require(List<Path> places) {
        Optional<Path> found = places.stream().filter(Files::exists).findFirst();
        if (found.isEmpty()) {
            String missing = "needs " + places.get(0).getFileName() + ": apt-get install " + PACKAGES;
            if (Boolean.getBoolean("scepgate.interop.required") || "true".equals(System.getenv("CI"))) {
                throw new AssertionError(missing);
            }
            System.err.println("SKIPPED: " + missing);
            Assumptions.abort(missing);
        }
        return found.orElseThrow();
    }

    private void initialize(String... labels) throws IOException {
        Path tokens = Files.createDirectories(folder.resolve("tokens"));
        Files.writeString(
                folder.resolve("softhsm2.conf"), "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
        Files.writeString(pinFile(), PIN);
        Files.setPosixFilePermissions(pinFile(), PosixFilePermissions.fromString("rw-------"));
        for (String label : labels) {
            Process made =
                    start("softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", PIN);
            String output = new String(made.getInputStream().readAllBytes());
            if (made.onExit().join().exitValue() != 0) {
                throw new IllegalStateException(output);
            }
        }
    }

    /** The library to load in this machine's processes; it speaks to the server. */
    public Path client() {
        return client;
    }

    public Path pinFile() {
        return folder.resolve("pin");
    }

    /** What a process needs in its environment to find the HSM. */
    public Map<String, String> environment() {
        return Map.of("P11_KIT_SERVER_ADDRESS", "unix:path=" + socket());
    }

    /** Makes a CA whose keys are in a token, and gives the settings of its server. */
    public Map<String, String> makeCa(Path folder, String token, String name, String algorithm) {
        CaCommand.Outcome made = new CaCommand(environment())
                .run(
                        "init",
                        "--out",
                        folder.resolve(name).toString(),
                        "--name",
                        name,
                        "--subject",
                        "CN=" + name + " CA",
                        "--algorithm",
                        algorithm,
                        "--pkcs11-library",
                        client().toString(),
                        "--token-label",
                        token,
                        "--pin-file",
                        pinFile().toString());
        assertThat(made.exitCode()).as(made.output()).isZero();
        assertThat(made.output()).doesNotContain(PIN);
        return made.settings();
    }

    private Path socket() {
        return folder.resolve("s");
    }

    /** Plugs the HSM in. */
    public SoftHsm plugIn() {
        try {
            Files.deleteIfExists(socket());
            server = start(
                    "p11-kit", "server", "-f", "--provider", library.toString(), "-n", socket().toString(), "pkcs11:");
            // It prints the address once it listens.
            server.getInputStream().read();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pulls the plug, while whatever is in it may be at work. */
    public void unplug() {
        List<ProcessHandle> all = family();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    /** From now on it takes what it is asked and answers nothing, as one does whose firmware hangs: SIGSTOP. */
    public void freeze() {
        List<String> command = new ArrayList<>(List.of("/bin/kill", "-STOP"));
        family().forEach(process -> command.add(Long.toString(process.pid())));
        try {
            int exitCode = start(command.toArray(String[]::new)).onExit().join().exitValue();
            if (exitCode != 0) {
                throw new IllegalStateException(command + " ended with " + exitCode);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ProcessHandle> family() {
        return Stream.concat(server.descendants(), Stream.of(server.toHandle())).toList();
    }

    private Process start(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true);
        builder.environment()
                .put("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
        builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
        return builder.start();
    }

    @Override
    public void close() {
        if (server != null) {
            unplug();
        }
    }
}
