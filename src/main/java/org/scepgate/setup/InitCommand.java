package org.scepgate.setup;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bouncycastle.asn1.x500.X500Name;
import org.scepgate.ca.KeyEntry;
import org.scepgate.ca.KeyKind;
import org.scepgate.ca.KeyVault;
import org.scepgate.ca.UnusableKeyException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a root CA with its RA and OCSP responder, or an intermediate CA's key and request. */
@Command(
        name = "init",
        description =
                "Makes a root CA with its RA and OCSP responder, or (--csr) an intermediate CA's key and request.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class InitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private VaultOptions place;

    @Option(names = "--subject", paramLabel = "NAME", required = true, description = "such as \"CN=Acme CA,O=Acme\"")
    private String subject;

    @Option(
            names = "--algorithm",
            defaultValue = "rsa3072",
            description = "the CA's key: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private KeyKind algorithm;

    @Option(
            names = "--validity",
            paramLabel = "DAYS",
            defaultValue = "3650",
            description = "how long a root is valid (default: ${DEFAULT-VALUE})")
    private int days;

    @Option(
            names = "--path-length",
            paramLabel = "N",
            description = "how many CAs may be below this one; 0 for one that issues to devices alone")
    private Integer pathLength;

    @Option(names = "--csr", description = "make the key and DIR/ca.csr, for another CA to sign; then: ca import")
    private boolean intermediate;

    @Mixin
    private Delegates delegates;

    private final Certificates certificates = new Certificates();

    @Override
    public Integer call() throws SetupException, UnusableKeyException {
        Certificates.Authority authority = authority();
        delegates.requireUsable();
        KeyVault vault = place.open();
        requireEmpty(vault);
        KeyEntry ca = vault.make(
                Delegates.CA,
                algorithm,
                (key, info) -> List.of(certificates.root(authority, Validity.of(Duration.ofDays(days)), key, info)));
        PrintWriter out = spec.commandLine().getOut();
        if (intermediate) {
            out.println("Let the CA above sign "
                    + place.files().pem("ca.csr", List.of(certificates.request(authority, ca)))
                    + ", then run: ca import");
            return SetupCommands.OK;
        }
        delegates.makeRegistrationAuthority(vault, ca);
        delegates.makeOcspResponder(vault, ca);
        out.println("The CA's certificate is in " + place.files().pem("ca.pem", List.of(ca.certificate())));
        Delegates.tell(out, place);
        return SetupCommands.OK;
    }

    private Certificates.Authority authority() throws SetupException {
        if (days < 1 || pathLength != null && pathLength < 0) {
            throw new SetupException("--validity must be at least 1, --path-length at least 0");
        }
        try {
            X500Name name = new X500Name(subject);
            if (name.getRDNs().length == 0) {
                throw new SetupException("--subject is empty");
            }
            return new Certificates.Authority(name, Optional.ofNullable(pathLength));
        } catch (IllegalArgumentException e) {
            throw new SetupException("--subject is no distinguished name: " + subject);
        }
    }

    private static void requireEmpty(KeyVault vault) throws SetupException, UnusableKeyException {
        for (String role : Delegates.ALL) {
            if (vault.holds(role)) {
                throw new SetupException("there is a key " + role + " already, which is not overwritten");
            }
        }
    }
}
