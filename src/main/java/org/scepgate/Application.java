package org.scepgate;

import io.quarkus.runtime.annotations.QuarkusMain;
import org.scepgate.device.DeviceCommands;
import org.scepgate.setup.SetupCommands;

/** The start of the package: a command of the device or of the CA, or the server, which its configuration alone decides on. */
@QuarkusMain
public final class Application {
    public static void main(String... arguments) {
        if (DeviceCommands.areMeantBy(arguments)) {
            System.exit(DeviceCommands.run(arguments));
        }
        if (SetupCommands.areMeantBy(arguments)) {
            System.exit(SetupCommands.run(arguments));
        }
        Server.run(() -> {}, arguments);
    }
}
