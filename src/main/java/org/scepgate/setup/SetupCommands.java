package org.scepgate.setup;

import java.io.PrintWriter;
import java.util.Arrays;
import org.scepgate.ca.UnusableKeyException;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.UnavailableException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** The commands of {@code ca}, run in place of the server. */
@Command(
        name = "ca",
        description = "Makes, completes and checks the keys of a CA, of its RA and of its OCSP responder.",
        subcommands = {InitCommand.class, ImportCommand.class, IssueCommand.class, CheckCommand.class, HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done, or nothing is wrong", "1:something is wrong", "2:wrong options"})
public final class SetupCommands implements Runnable {
    static final int OK = 0;
    static final int WRONG = 1;
    static final int USAGE = 2;

    private SetupCommands() {}

    public static boolean areMeantBy(String... arguments) {
        return arguments.length > 0 && arguments[0].equals("ca");
    }

    /** @return the exit code of the process */
    public static int run(String... arguments) {
        return run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments);
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        return new CommandLine(new SetupCommands())
                .setOut(out)
                .setErr(err)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((failure, args) -> complain(err, failure))
                .setExecutionExceptionHandler((failure, command, parsed) -> complain(err, failure))
                .execute(rest);
    }

    @Override
    public void run() {
        throw new ParameterException(new CommandLine(this), "which command? init, import, issue or check");
    }

    static int complain(PrintWriter err, Exception failure) {
        boolean expected = failure instanceof SetupException
                || failure instanceof UnusableKeyException
                || failure instanceof ConfigurationException
                || failure instanceof UnavailableException;
        err.println("scepgate: " + (expected ? failure.getMessage() : "unexpected " + failure));
        return WRONG;
    }

    static int complain(PrintWriter err, ParameterException failure) {
        err.println("scepgate: " + failure.getMessage());
        String command = failure.getCommandLine().getCommandName();
        boolean isOfCa = failure.getCommandLine().getParent() != null;
        err.println("scepgate: try: " + (isOfCa ? "ca help " + command : command + " --help"));
        return USAGE;
    }
}
