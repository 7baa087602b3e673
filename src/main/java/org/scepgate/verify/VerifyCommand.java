package org.scepgate.verify;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells whether rows of the audit log were removed, changed or inserted after they were sealed. */
@Command(
        name = "verify",
        description = {
            "Tells whether rows of the audit log were removed, changed or inserted after they were sealed.",
            "Seals that were cut off at the end are found with --anchor-file only."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the audit log is whole", "1:it is not", "2:it could not be checked"})
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DatabaseOptions database;

    @Option(
            names = "--seal-key-file",
            paramLabel = "FILE",
            description = "the server's scepgate.audit.seal-key-file; again for the keys before it")
    private List<Path> keyFiles = List.of();

    @Option(
            names = "--unkeyed-until",
            paramLabel = "NUMBER",
            description = "the last seal from before there was a key (default: ${DEFAULT-VALUE})",
            defaultValue = "0")
    private long unkeyedUntil;

    @Option(
            names = "--anchor-file",
            paramLabel = "FILE",
            description = "what scepgate.audit.anchor-file or the webhook received; again for other servers")
    private List<Path> anchorFiles = List.of();

    @Option(
            names = "--retention",
            paramLabel = "DURATION",
            description = "the server's scepgate.retention.audit: younger rows must be there"
                    + " (default: ${DEFAULT-VALUE})",
            defaultValue = "P0D")
    private Duration retention;

    @Override
    public Integer call() throws CannotVerifyException {
        Report report = new Report(spec.commandLine().getOut());
        SealKeys keys = SealKeys.in(keyFiles, unkeyedUntil);
        KnownAnchors anchors = KnownAnchors.in(anchorFiles, report);
        ChainCheck check = new ChainCheck(keys, anchors, Instant.now().minus(retention), report);
        try (Connection connection = database.connect()) {
            check.check(new AuditDatabase(connection));
        } catch (SQLException failure) {
            throw new CannotVerifyException("cannot read the audit log: " + failure.getMessage());
        }
        report.finish();
        return report.problems() == 0 ? AuditCommands.WHOLE : AuditCommands.NOT_WHOLE;
    }
}
