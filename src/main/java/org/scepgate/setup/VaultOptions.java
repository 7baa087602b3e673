package org.scepgate.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scepgate.ca.FolderVault;
import org.scepgate.ca.KeyVault;
import org.scepgate.ca.Pkcs11Settings;
import org.scepgate.ca.Pkcs11Token;
import org.scepgate.ca.TokenVault;
import org.scepgate.ca.UnusableKeyException;
import picocli.CommandLine.Option;

/** Where keys are made and kept: PKCS#12 files in a folder, or a PKCS#11 token. */
final class VaultOptions {
    private static final String PASSWORD = "keystore.password";

    // The CA signs while the RA's key is being made.
    private static final int SESSIONS = 2;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "the folder of the files")
    private Path out;

    @Option(
            names = "--name",
            defaultValue = "main",
            description = "the CA's name in the configuration (default: ${DEFAULT-VALUE})")
    private String name;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "the password of the PKCS#12 files; by default a new one in DIR/" + PASSWORD)
    private Path passwordFile;

    @Option(
            names = "--pkcs11-library",
            paramLabel = "FILE",
            description = "keep the keys in a PKCS#11 token, labelled NAME-ca, NAME-ra and NAME-ocsp")
    private Path library;

    @Option(names = "--token-label", paramLabel = "LABEL", description = "the token")
    private String tokenLabel;

    @Option(names = "--slot", description = "the token, by the number of its slot")
    private Long slot;

    @Option(names = "--pin-file", paramLabel = "FILE", description = "the token's user PIN")
    private Path pinFile;

    String name() {
        return name;
    }

    /** The folder, made if it is not there. */
    PrivateFiles files() throws SetupException {
        return PrivateFiles.in(out);
    }

    KeyVault open() throws SetupException, UnusableKeyException {
        PrivateFiles files = files();
        if (library == null) {
            return new FolderVault(out, FolderVault.password(password(files)));
        }
        if ((slot == null) == (tokenLabel == null) || pinFile == null) {
            throw new SetupException("--pkcs11-library needs --pin-file and either --token-label or --slot");
        }
        Pkcs11Settings settings = new Pkcs11Settings(
                library, Optional.ofNullable(slot), Optional.ofNullable(tokenLabel), pinFile, SESSIONS);
        return new TokenVault(Pkcs11Token.open(settings), name + "-");
    }

    private Path password(PrivateFiles files) throws SetupException {
        if (passwordFile == null) {
            return files.randomSecret(PASSWORD);
        }
        if (!Files.isReadable(passwordFile)) {
            throw new SetupException(passwordFile + " cannot be read");
        }
        return passwordFile;
    }

    /** The lines of application.properties that make the server use these keys. */
    List<String> settings(List<String> roles) {
        String prefix = "scepgate.cas." + name + ".";
        List<String> lines = new ArrayList<>();
        for (String role : roles) {
            if (library == null) {
                lines.add(prefix + role + "-keystore=" + absolute(out.resolve(role + ".p12")));
                Path file = passwordFile == null ? out.resolve(PASSWORD) : passwordFile;
                lines.add(prefix + role + "-password-file=" + absolute(file));
            } else {
                lines.add(prefix + role + "-key-label=" + name + "-" + role);
            }
        }
        if (library != null) {
            lines.add(prefix + "pkcs11.library=" + absolute(library));
            lines.add(prefix + (slot == null ? "pkcs11.token-label=" + tokenLabel : "pkcs11.slot=" + slot));
            lines.add(prefix + "pkcs11.pin-file=" + absolute(pinFile));
        }
        return lines;
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
