package org.scepgate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The packaged jar's commands for the keys of a CA, as an operator runs them. */
public final class CaCommand {
    private final Map<String, String> environment;

    public CaCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** What a run left behind. */
    public record Outcome(int exitCode, String output) {

        /** The settings that it printed. */
        public Map<String, String> settings() {
            Map<String, String> settings = new TreeMap<>();
            output.lines()
                    .filter(line -> line.startsWith("scepgate.cas."))
                    .forEach(line ->
                            settings.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
            return settings;
        }
    }

    public Outcome run(String... arguments) {
        return run(Map.of(), arguments);
    }

    public Outcome run(Map<String, String> settings, String... arguments) {
        List<String> options = new ArrayList<>();
        settings.forEach((key, value) -> options.add("-D" + key + "=" + value));
        List<String> command = PackagedProgram.command(options);
        command.add("ca");
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.onExit().join().exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
