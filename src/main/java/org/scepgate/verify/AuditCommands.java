package org.scepgate.verify;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** The commands of an auditor, run in place of the server when the first argument is {@code audit}. */
@Command(
        name = "audit",
        description = "Looks after the audit log.",
        subcommands = {VerifyCommand.class, ReconcileCommand.class, HelpCommand.class})
public final class AuditCommands {
    private static final String NAME = "audit";
    static final int WHOLE = 0;
    static final int NOT_WHOLE = 1;
    static final int NOT_CHECKED = 2;

    private AuditCommands() {}

    public static boolean areMeantBy(String... arguments) {
        return arguments.length > 0 && arguments[0].equals(NAME);
    }

    /** @return the exit code of the process */
    public static int run(String... arguments) {
        return run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments);
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        String[] command = arguments.length == 1 ? new String[] {"help"} : rest(arguments);
        return new CommandLine(new AuditCommands())
                .setOut(out)
                .setErr(err)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((failure, args) -> complain(err, failure))
                .setExecutionExceptionHandler((failure, line, parsed) -> complain(err, failure))
                .execute(command);
    }

    private static String[] rest(String... arguments) {
        String[] rest = new String[arguments.length - 1];
        System.arraycopy(arguments, 1, rest, 0, rest.length);
        return rest;
    }

    private static int complain(PrintWriter err, Exception failure) {
        String text = failure instanceof CannotVerifyException || failure instanceof ParameterException
                ? failure.getMessage()
                : "unexpected " + failure;
        err.println("scepgate: " + Report.clean(text));
        return NOT_CHECKED;
    }
}
