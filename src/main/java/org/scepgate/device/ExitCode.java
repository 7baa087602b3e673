package org.scepgate.device;

/** How a command ends, for scripts; the numbers are documented in docs/operations.md. */
enum ExitCode {
    OK(0),
    /** By the server, with failInfo; or for the doctor: there are problems. */
    REFUSED(1),
    USAGE(2),
    /** Nobody answered, or not with what SCEP answers. */
    FAULT(3),
    PENDING(4);

    private final int value;

    ExitCode(int value) {
        this.value = value;
    }

    int value() {
        return value;
    }
}
