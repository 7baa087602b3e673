package org.scepgate.verify;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells what was lost with a database that was restored from an older backup. */
@Command(
        name = "reconcile",
        description = {
            "Tells what a database that was restored from an older backup does not know any more:",
            "certificates that devices may hold, revocations, and challenges that can be used again."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing is lacking", "1:something is", "2:it could not be compared"})
final class ReconcileCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DatabaseOptions database;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "JSON lines, oldest first: a server's log, an export of the audit log, or what a webhook"
                    + " received; again for other servers")
    private List<Path> logs = List.of();

    @Option(
            names = "--certificates",
            paramLabel = "DIR",
            description = "certificates that devices hold, PEM or DER, a file each; again for other folders")
    private List<Path> folders = List.of();

    @Option(names = "--json", description = "print each finding as a line of JSON, and nothing else")
    private boolean json;

    @Override
    public Integer call() throws CannotVerifyException {
        OutsideRecords records = new OutsideRecords();
        for (Path log : logs) {
            records.readLines(log);
        }
        for (Path folder : folders) {
            records.readCertificates(folder);
        }
        if (records.certificates().isEmpty()) {
            throw new CannotVerifyException("no certificate is in what was given by --log and --certificates");
        }
        Reconciliation reconciliation = compare(records);
        print(reconciliation, spec.commandLine().getOut());
        return reconciliation.found().isEmpty() ? AuditCommands.WHOLE : AuditCommands.NOT_WHOLE;
    }

    private Reconciliation compare(OutsideRecords records) throws CannotVerifyException {
        try (Connection connection = database.connect()) {
            Reconciliation reconciliation = new Reconciliation(new Inventory(connection), Instant.now());
            reconciliation.compare(records.certificates());
            return reconciliation;
        } catch (SQLException failure) {
            throw new CannotVerifyException("cannot read the certificates: " + failure.getMessage());
        }
    }

    private void print(Reconciliation reconciliation, PrintWriter out) {
        reconciliation.found().forEach(one -> out.println(json ? one.json() : Report.clean(one.text())));
        if (!json) {
            out.println(
                    "%d certificates were compared; the database lacks %d things, and %d certificates that have ended."
                            .formatted(
                                    reconciliation.compared(),
                                    reconciliation.found().size(),
                                    reconciliation.ended()));
        }
        out.flush();
    }
}
