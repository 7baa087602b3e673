package org.scepgate.setup;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.ca.ChainCheck;
import org.scepgate.ca.KeyCheck;
import org.scepgate.ca.KeyEntry;
import org.scepgate.ca.KeyVault;
import org.scepgate.ca.PemKeys;
import org.scepgate.ca.UnusableKeyException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes the certificate that the CA above signed, and issues those of the RA and the OCSP responder. */
@Command(
        name = "import",
        description = "Takes an intermediate CA's signed certificate, and makes its RA and OCSP responder.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private VaultOptions place;

    @Option(
            names = "--certificates",
            paramLabel = "FILE",
            required = true,
            description = "PEM: the CA's certificate first, then those above it up to the root")
    private Path certificates;

    @Mixin
    private Delegates delegates;

    @Override
    public Integer call() throws SetupException, UnusableKeyException {
        delegates.requireUsable();
        List<X509CertificateHolder> chain = PemKeys.certificates(certificates);
        KeyVault vault = place.open();
        if (!vault.holds(Delegates.CA)) {
            throw new SetupException("there is no key ca here: first run ca init --csr");
        }
        requireFitting(vault.load(Delegates.CA), chain);
        KeyEntry ca = vault.certify(Delegates.CA, chain);
        delegates.makeRegistrationAuthority(vault, ca);
        delegates.makeOcspResponder(vault, ca);
        PrintWriter out = spec.commandLine().getOut();
        out.println("The CA's certificate and those above it are in "
                + place.files().pem("ca.pem", chain));
        Delegates.tell(out, place);
        return SetupCommands.OK;
    }

    private void requireFitting(KeyEntry held, List<X509CertificateHolder> chain) throws SetupException {
        KeyEntry offered = new KeyEntry(held.key(), chain.get(0), chain.subList(1, chain.size()));
        Instant now = Instant.now();
        List<String> problems = new ArrayList<>(ChainCheck.problems(chain, now));
        KeyCheck.problemOfAuthority(offered, now)
                .map(problem -> chain.get(0).getSubject() + ": " + problem)
                .ifPresent(problems::add);
        if (!problems.isEmpty()) {
            throw new SetupException(certificates + " does not fit: " + String.join("; ", problems));
        }
    }
}
