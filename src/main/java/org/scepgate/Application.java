package org.scepgate;

import io.quarkus.runtime.annotations.QuarkusMain;
import org.scepgate.device.DeviceCommands;
import org.scepgate.setup.PasswordCommand;
import org.scepgate.setup.SetupCommands;
import org.scepgate.verify.AuditCommands;

/** The start of the package: a command of the device, the CA, the auditor or the schema, or the server, which its configuration decides on. */
@QuarkusMain
public final class Application {
    public static void main(String... arguments) {
        if (DeviceCommands.areMeantBy(arguments)) {
            System.exit(DeviceCommands.run(arguments));
        }
        if (SetupCommands.areMeantBy(arguments)) {
            System.exit(SetupCommands.run(arguments));
        }
        if (PasswordCommand.isMeantBy(arguments)) {
            System.exit(PasswordCommand.run(arguments));
        }
        if (AuditCommands.areMeantBy(arguments)) {
            System.exit(AuditCommands.run(arguments));
        }
        if (MigrateCommand.isMeantBy(arguments)) {
            System.exit(MigrateCommand.run());
        }
        Server.run(() -> {}, arguments);
    }
}
