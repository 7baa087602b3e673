package org.scepgate.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One of many devices. Its text is without the challenge. */
record RehearsedDevice(String challenge, RequestedNames names) {
    private static final String STANDARD_INPUT = "-";

    /** @throws CommandException usage, with the number of the line that is none */
    static List<RehearsedDevice> read(String file) throws CommandException {
        List<String> lines = lines(file);
        List<RehearsedDevice> devices = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                devices.add(parse(lines.get(i).strip(), i + 1));
            }
        }
        if (devices.isEmpty()) {
            throw CommandException.usage("there are no devices");
        }
        return devices;
    }

    private static RehearsedDevice parse(String line, int number) throws CommandException {
        int space = line.indexOf(' ');
        if (space < 0) {
            throw CommandException.usage(
                    "line " + number + " of the devices is not a challenge, a space and a subject");
        }
        try {
            RequestedNames names = RequestedNames.parse(line.substring(space).strip(), List.of());
            return new RehearsedDevice(line.substring(0, space), names);
        } catch (CommandException unreadable) {
            throw CommandException.usage("the subject in line " + number + " of the devices cannot be read");
        }
    }

    private static List<String> lines(String file) throws CommandException {
        try {
            byte[] content = file.equals(STANDARD_INPUT) ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
            return new String(content, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw CommandException.usage("cannot read the devices");
        }
    }

    @Override
    public String toString() {
        return names.subject().toString();
    }
}
