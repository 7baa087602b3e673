package org.scepgate.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file that an option names, which may be the standard input. */
final class TextFile {
    private static final String STANDARD_INPUT = "-";

    private TextFile() {}

    /**
     * Its lines, as UTF-8.
     *
     * @param what it holds, for the complaint
     * @throws CommandException usage, if it cannot be read
     */
    static List<String> lines(String file, String what) throws CommandException {
        try {
            byte[] content = file.equals(STANDARD_INPUT) ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
            return new String(content, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw CommandException.usage("cannot read " + what);
        }
    }
}
