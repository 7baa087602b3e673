package org.scepgate.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An image's files and entry point, run as Kubernetes would: not as root, and nothing can be written but in /tmp. */
final class Sandbox {
    // In a mount namespace of its own, so that nothing is left behind when the program has ended.
    private static final String ENTER = """
            set -e
            root=$1; user=$2; folder=$3
            shift 3
            mount --bind "$root" "$root"
            mount --rbind /dev "$root/dev"
            mount -t proc proc "$root/proc"
            mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
            mount -o remount,bind,ro "$root"
            exec setpriv --clear-groups \\
                unshare --root="$root" --wd="$folder" --setgid="$user" --setuid="$user" "$@"
            """;

    private final Path root;
    private final JsonNode config;

    private Sandbox(Path root, JsonNode config) {
        this.root = root;
        this.config = config;
    }

    /** What a run left behind. */
    record Outcome(int exitCode, String output) {}

    /** Unpacks the image into the folder. */
    static Sandbox of(ImageArchive image, Path root) {
        for (byte[] layer : image.layers()) {
            unpack(layer, root);
        }
        return new Sandbox(root, image.config());
    }

    /** Runs the entry point with these arguments and nothing in its environment but the image's variables and these. */
    Outcome run(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private"));
        command.addAll(List.of("sh", "-c", ENTER, "sh", root.toAbsolutePath().toString()));
        command.add(config.get("User").asText());
        command.add(config.get("WorkingDir").asText());
        config.get("Entrypoint").forEach(part -> command.add(part.asText()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        config.get("Env").forEach(variable -> put(builder.environment(), variable.asText()));
        builder.environment().putAll(environment);
        return outcome(builder);
    }

    private static void put(Map<String, String> environment, String variable) {
        int equals = variable.indexOf('=');
        String name = variable.substring(0, equals);
        // The programs outside are found by it too, and java inside by the link in /usr/bin.
        if (!name.equals("PATH")) {
            environment.put(name, variable.substring(equals + 1));
        }
    }

    private static void unpack(byte[] layer, Path root) {
        try {
            Path file = Files.write(Files.createTempFile("layer", ".tar.gz"), layer);
            Outcome unpacked = outcome(new ProcessBuilder("tar", "-xpzf", file.toString(), "-C", root.toString()));
            Files.delete(file);
            if (unpacked.exitCode() != 0) {
                throw new IllegalStateException(unpacked.output());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome outcome(ProcessBuilder builder) {
        try {
            Process process = builder.redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.onExit().join().exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
