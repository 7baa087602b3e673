package org.scepgate.device;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The commands of a device, run in place of the server when the first argument names one. */
@Command(
        name = "scepgate",
        description = "Without a command: the SCEP server. The commands are a device, to try a server with.",
        footer = {
            "%nThe keys of a CA are made and checked by another one: ca --help",
            "The audit log is checked by another one: audit verify --help"
        },
        subcommands = {EnrollCommand.class, DoctorCommand.class, RehearseCommand.class, HelpCommand.class})
public final class DeviceCommands {
    private static final Set<String> NAMES = Set.of("enroll", "doctor", "rehearse", "help", "--help", "-h");

    private DeviceCommands() {}

    public static boolean areMeantBy(String... arguments) {
        return arguments.length > 0 && NAMES.contains(arguments[0]);
    }

    /** @return the exit code of the process */
    public static int run(String... arguments) {
        return run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments);
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Console console = new Console(out, err, secretsOf(arguments));
        if (arguments[0].equals("--help") || arguments[0].equals("-h")) {
            return run(out, err, "help");
        }
        return new CommandLine(new DeviceCommands())
                .setOut(out)
                .setErr(err)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((failure, args) -> complain(console, failure))
                .setExecutionExceptionHandler((failure, command, parsed) -> complain(console, failure))
                .execute(arguments);
    }

    private static int complain(Console console, Exception failure) {
        if (failure instanceof CommandException expected) {
            console.complain(expected.getMessage());
            return expected.exitCode().value();
        }
        console.complain("unexpected " + failure);
        return ExitCode.FAULT.value();
    }

    // A stray argument may be the second half of a challenge that lacks its quotes: it is not repeated.
    private static int complain(Console console, ParameterException failure) {
        boolean stray = failure instanceof UnmatchedArgumentException;
        console.complain(stray ? "there is an argument that belongs to no option" : failure.getMessage());
        console.complain("try: help " + failure.getCommandLine().getCommandName());
        return ExitCode.USAGE.value();
    }

    private static List<String> secretsOf(String... arguments) {
        Optional<String> secret = Optional.empty();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith("--challenge=")) {
                secret = Optional.of(arguments[i].substring("--challenge=".length()));
            } else if (arguments[i].equals("--challenge") && i + 1 < arguments.length) {
                secret = Optional.of(arguments[i + 1]);
            }
        }
        return secret.stream().toList();
    }
}
