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
        try {
            Files.deleteIfExists(file(PENDING_KEY));
        } catch (IOException e) {
            throw CommandException.fault("cannot delete " + file(PENDING_KEY));
        }
    }

    /** The pending key becomes the key. */
    void promotePendingKey() throws CommandException {
        try {
            move(file(PENDING_KEY), file(KEY));
        } catch (IOException e) {
            throw CommandException.fault("cannot rename " + file(PENDING_KEY) + " to " + file(KEY));
        }
    }

    void writeCertificates(X509CertificateHolder certificate, List<X509CertificateHolder> chain)
            throws CommandException {
        write(CERTIFICATE, pem(certificate), "rw-r--r--");
        write(CHAIN, String.join("", chain.stream().map(OutputFolder::pem).toList()), "rw-r--r--");
    }

    // Under another name first, so that nobody ever finds half a file.
    private void write(String name, String text, String permissions) throws CommandException {
        try {
            Path temporary = Files.createTempFile(folder, "." + name, "", attributes(permissions));
            Files.writeString(temporary, text, StandardCharsets.US_ASCII);
            move(temporary, file(name));
        } catch (IOException e) {
            throw CommandException.fault("cannot write " + file(name) + ": " + e.getMessage());
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
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
