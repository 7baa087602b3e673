package org.scepgate.setup;

import java.util.concurrent.Callable;
import org.scepgate.ca.KeyEntry;
import org.scepgate.ca.KeyVault;
import org.scepgate.ca.UnusableKeyException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives a CA a new RA or OCSP responder, before the old one ends. */
@Command(
        name = "issue",
        description = "Makes a new RA or OCSP responder (key and certificate) in place of the old one.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class IssueCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private VaultOptions place;

    @Option(names = "--ra", description = "a new RA: requests that are on their way to the old one are refused")
    private boolean ra;

    @Option(names = "--ocsp", description = "a new OCSP responder")
    private boolean ocsp;

    @Mixin
    private Delegates delegates;

    @Override
    public Integer call() throws SetupException, UnusableKeyException {
        delegates.requireUsable();
        if (!ra && !ocsp) {
            throw new SetupException("which one? --ra, --ocsp or both");
        }
        KeyVault vault = place.open();
        KeyEntry ca = vault.load(Delegates.CA);
        if (ra) {
            delegates.makeRegistrationAuthority(vault, ca);
        }
        if (ocsp) {
            delegates.makeOcspResponder(vault, ca);
        }
        spec.commandLine().getOut().println("Done; restart the servers in turn.");
        return SetupCommands.OK;
    }
}
