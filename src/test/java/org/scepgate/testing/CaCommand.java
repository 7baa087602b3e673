package org.scepgate.testing;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

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
        String[] whole =
                Stream.concat(Stream.of("ca"), Arrays.stream(arguments)).toArray(String[]::new);
        PackagedCommand.Outcome outcome = new PackagedCommand(environment, settings).run(whole);
        return new Outcome(outcome.exitCode(), outcome.output());
    }
}
