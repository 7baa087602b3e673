package org.scepgate.ca;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;

/** A file that holds a private key, or what opens one. */
record SecretFile(Path path) {

    /** @throws UnusableKeyException if it cannot be read, or everybody can */
    byte[] read() throws UnusableKeyException {
        try {
            requirePrivate();
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new UnusableKeyException(path + " does not exist", e);
        } catch (IOException e) {
            throw new UnusableKeyException(path + " cannot be read", e);
        }
    }

    /** The file's text without the white space around it. */
    char[] readPassword() throws UnusableKeyException {
        return new String(read(), StandardCharsets.UTF_8).strip().toCharArray();
    }

    // Its group may read it: a pod that is not root's reads its mounted secrets by the group.
    private void requirePrivate() throws IOException, UnusableKeyException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
            throw new UnusableKeyException(
                    path + " can be read by every user of this machine; take that away (chmod o-rwx)");
        }
    }
}
