package org.scepgate.device;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command writes. Servers and mistyped commands put words of others into its lines: secrets are struck out and
 * control characters, which could steer a terminal, are shown as dots.
 */
final class Console {
    private static final String HIDDEN = "***";

    private final PrintWriter out;
    private final PrintWriter err;
    private final List<String> secrets;

    Console(PrintWriter out, PrintWriter err, List<String> secrets) {
        this.out = out;
        this.err = err;
        this.secrets = secrets.stream().filter(secret -> !secret.isBlank()).toList();
    }

    /** That of a command, which knows no secret yet. */
    static Console of(CommandSpec command) {
        return new Console(command.commandLine().getOut(), command.commandLine().getErr(), List.of());
    }

    Console hiding(String secret) {
        return new Console(
                out, err, Stream.concat(secrets.stream(), Stream.of(secret)).toList());
    }

    void say(String line) {
        out.println(clean(line));
        out.flush();
    }

    void complain(String line) {
        err.println("scepgate: " + clean(line));
        err.flush();
    }

    private String clean(String line) {
        String text = line;
        for (String secret : secrets) {
            text = text.replace(secret, HIDDEN);
        }
        return text.replaceAll("\\p{Cntrl}", ".");
    }
}
