package org.scepgate.setup;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.scepgate.platform.PasswordHash;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hash-password}: what the configuration keeps of a password, a header's value or a static challenge. */
@Command(
        name = "hash-password",
        description = "Reads a secret, one line from standard input, and prints the hash to configure in its place.",
        mixinStandardHelpOptions = true)
public final class PasswordCommand implements Callable<Integer> {
    private static final int SHORTEST = 12;

    private final InputStream in;

    @Spec
    private CommandSpec spec;

    private PasswordCommand(InputStream in) {
        this.in = in;
    }

    public static boolean isMeantBy(String... arguments) {
        return arguments.length > 0 && arguments[0].equals("hash-password");
    }

    /** @return the exit code of the process */
    public static int run(String... arguments) {
        return run(System.in, new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments);
    }

    static int run(InputStream in, PrintWriter out, PrintWriter err, String... arguments) {
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        return new CommandLine(new PasswordCommand(in))
                .setOut(out)
                .setErr(err)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((failure, args) -> SetupCommands.complain(err, failure))
                .setExecutionExceptionHandler((failure, command, parsed) -> SetupCommands.complain(err, failure))
                .execute(rest);
    }

    @Override
    public Integer call() throws SetupException, IOException {
        String secret = secret();
        if (secret == null || secret.isEmpty()) {
            throw new SetupException("no secret came; pipe it in, or type it where a terminal is at hand");
        }
        if (secret.length() < SHORTEST) {
            spec.commandLine()
                    .getErr()
                    .println("scepgate: that is short; a random one of 24 characters cannot be guessed");
        }
        spec.commandLine()
                .getOut()
                .println(PasswordHash.of(secret, new SecureRandom()).text());
        return SetupCommands.OK;
    }

    /** Not shown while it is typed. */
    private String secret() throws IOException {
        Console console = in == System.in ? System.console() : null;
        if (console != null) {
            char[] typed = console.readPassword("Secret: ");
            return typed == null ? null : new String(typed);
        }
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    }
}
