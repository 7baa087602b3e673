package org.scepgate;

import io.quarkus.runtime.annotations.QuarkusMain;
import org.scepgate.device.DeviceCommands;
import org.scepgate.verify.AuditCommands;

/** The start of the package: a command of the device or of the auditor, or the server, which its configuration alone decides on. */
@QuarkusMain
public final class Application {
    public static void main(String... arguments) {
        if (DeviceCommands.areMeantBy(arguments)) {
            System.exit(DeviceCommands.run(arguments));
        }
        if (AuditCommands.areMeantBy(arguments)) {
            System.exit(AuditCommands.run(arguments));
        }
        Server.run(() -> {}, arguments);
    }
}
