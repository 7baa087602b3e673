package org.scepgate.device;

/** Ends a command with one line for people; its text holds no secret. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    CommandException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message);
    }

    static CommandException fault(String message) {
        return new CommandException(ExitCode.FAULT, message);
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
