package org.scepgate.setup;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/** The folder that a command writes into; secrets in it are their owner's alone. */
record PrivateFiles(Path folder) {
    private static final int SECRET_BYTES = 24;

    /** Makes the folder, closed to others, if it is not there. */
    static PrivateFiles in(Path folder) throws SetupException {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                if (Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null) {
                    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
                }
            }
            return new PrivateFiles(folder);
        } catch (IOException e) {
            throw new SetupException("the folder " + folder + " cannot be made: " + e.getMessage());
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Writes a random secret, unless the file is there. */
    Path randomSecret(String name) throws SetupException {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        try {
            Path unfinished = Files.createTempFile(folder, name, ".new");
            Files.writeString(unfinished, HexFormat.of().formatHex(random) + "\n");
            if (Files.exists(file(name))) {
                Files.delete(unfinished);
            } else {
                Files.move(unfinished, file(name), StandardCopyOption.ATOMIC_MOVE);
            }
            return file(name);
        } catch (FileAlreadyExistsException e) {
            return file(name);
        } catch (IOException e) {
            throw new SetupException(file(name) + " cannot be written: " + e.getMessage());
        }
    }

    /** Writes things that PEM has a form for, readable by everybody. */
    Path pem(String name, Iterable<?> things) throws SetupException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object thing : things) {
                writer.writeObject(thing);
            }
            writer.flush();
            return Files.writeString(file(name), text.toString(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new SetupException(file(name) + " cannot be written: " + e.getMessage());
        }
    }
}
