package org.scepgate.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A folder that only its owner may look into, for keys, passwords and data. */
public record PrivateFolder(Path path) {
    private static final int SECRET_BYTES = 32;

    /** Makes the folder, or closes an existing one to others. */
    public static PrivateFolder at(Path path) {
        try {
            Files.createDirectories(path);
            Path real = path.toRealPath();
            if (Files.getFileAttributeView(real, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwx------"));
            }
            return new PrivateFolder(real);
        } catch (IOException e) {
            throw new CannotStartException("the folder " + path + " cannot be made or closed to others: " + e, e);
        }
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** The secret kept in this file, 256 random bits in hex, made when it is first asked for. */
    String secret(String name) {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        writeOnce(name, HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII));
        try {
            return Files.readString(file(name)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the file unless it is there already; a start killed halfway leaves none rather than a part. */
    void writeOnce(String name, byte[] content) {
        if (Files.exists(file(name))) {
            return;
        }
        try {
            // A temporary file is the owner's alone (0600) from the moment it exists.
            Path unfinished = Files.createTempFile(path, name, ".new");
            Files.write(unfinished, content);
            Files.move(unfinished, file(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
