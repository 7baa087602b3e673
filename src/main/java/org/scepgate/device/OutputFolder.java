package org.scepgate.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;

/** Where a device keeps what it got; overwrites nothing unless told to. */
final class OutputFolder {
    static final String KEY = "key.pem";
    /** The key of a request that is not answered yet; a key that is in use stays where it is until then. */
    static final String PENDING_KEY = "pending-key.pem";

    static final String CERTIFICATE = "certificate.pem";
    static final String CHAIN = "chain.pem";

    private final Path folder;

    private OutputFolder(Path folder) {
        this.folder = folder;
    }

    /** @param names the files that will be written */
    static OutputFolder open(Path folder, boolean force, List<String> names) throws CommandException {
        if (names.contains(PENDING_KEY) && Files.exists(folder.resolve(PENDING_KEY))) {
            // There may be a certificate for it already, whose answer was lost: not even --force is reason enough.
            throw CommandException.usage(folder.resolve(PENDING_KEY) + " is the key of a request without an answer:"
                    + " ask again with --key (a renewal: --new-key), or remove it");
        }
        for (String name : names) {
            if (!force && Files.exists(folder.resolve(name))) {
                throw CommandException.usage(folder.resolve(name) + " exists already; --force overwrites it");
            }
        }
        try {
            return new OutputFolder(Files.createDirectories(folder));
        } catch (IOException e) {
            throw CommandException.usage("cannot write to " + folder + ": " + e.getMessage());
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    void writePendingKey(PrivateKey key) throws CommandException {
        write(PENDING_KEY, pem("PRIVATE KEY", key.getEncoded()), "rw-------");
    }

    void deletePendingKey() throws CommandException {
        discard(file(PENDING_KEY));
    }

    /** Writes what was issued, and last of all, if it is for the pending key, makes that the key. */
    void writeIssued(Enrolment.Issued issued, boolean keyIsPending) throws CommandException {
        String above =
                String.join("", issued.chain().stream().map(OutputFolder::pem).toList());
        Path chain = written(CHAIN, above, "rw-r--r--");
        try {
            write(CERTIFICATE, pem(issued.certificate()), "rw-r--r--");
            place(chain, CHAIN);
        } finally {
            discard(chain);
        }
        if (keyIsPending) {
            place(file(PENDING_KEY), KEY);
        }
    }

    // Under another name first, so that nobody ever finds half a file.
    private void write(String name, String text, String permissions) throws CommandException {
        Path temporary = written(name, text, permissions);
        try {
            place(temporary, name);
        } finally {
            discard(temporary);
        }
    }

    private Path written(String name, String text, String permissions) throws CommandException {
        Path temporary = null;
        try {
            temporary = Files.createTempFile(folder, "." + name, "", attributes(permissions));
            return Files.writeString(temporary, text, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            discard(temporary);
            throw CommandException.fault("cannot write " + file(name) + ": " + e.getMessage());
        }
    }

    private void place(Path temporary, String name) throws CommandException {
        try {
            Files.move(temporary, file(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw CommandException.fault("cannot write " + file(name) + ": " + e.getMessage());
        }
    }

    private static void discard(Path temporary) throws CommandException {
        try {
            if (temporary != null) {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw CommandException.fault("cannot delete " + temporary);
        }
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
        return Stream.of(PosixFilePermissions.asFileAttribute(set)).toArray(FileAttribute<?>[]::new);
    }

    private static String pem(X509CertificateHolder certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(String type, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }
}
