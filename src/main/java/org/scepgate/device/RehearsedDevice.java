package org.scepgate.device;

import java.util.ArrayList;
import java.util.List;

/** One of many devices. Its text is without the challenge. */
record RehearsedDevice(String challenge, RequestedNames names) {
    /** @throws CommandException usage, with the number of the line that is none */
    static List<RehearsedDevice> read(String file) throws CommandException {
        List<String> lines = TextFile.lines(file, "the devices");
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

    @Override
    public String toString() {
        return names.subject().toString();
    }
}
