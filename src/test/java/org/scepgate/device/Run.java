package org.scepgate.device;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One run of a command, in this process. */
record Run(int exitCode, String out, String err) {
    static Run of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int exitCode = DeviceCommands.run(new PrintWriter(out), new PrintWriter(err), texts);
        return new Run(exitCode, out.toString(), err.toString());
    }
}
