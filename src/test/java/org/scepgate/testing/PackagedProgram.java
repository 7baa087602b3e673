package org.scepgate.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The package as a program: the native executable that the system property {@code scepgate.executable} names, if it was
 * built, else the jar of {@code scepgate.jar}.
 */
public final class PackagedProgram {
    private static final String EXECUTABLE = System.getProperty("scepgate.executable", "");
    private static final String JAR = System.getProperty("scepgate.jar", "target/quarkus-app/quarkus-run.jar");

    private PackagedProgram() {}

    /** How to start it; both kinds know {@code -Xmx} and {@code -D}. */
    public static List<String> command(List<String> options) {
        List<String> command = new ArrayList<>();
        if (isNative()) {
            command.add(Path.of(EXECUTABLE).toAbsolutePath().toString());
            command.addAll(options);
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            if (!Soak.isOn()) {
                // Most of them live for seconds: a third less processor time than with the second compiler.
                command.add("-XX:TieredStopAtLevel=1");
            }
            command.addAll(options);
            command.add("-jar");
            command.add(Path.of(JAR).toAbsolutePath().toString());
        }
        return command;
    }

    private static boolean isNative() {
        return !EXECUTABLE.isEmpty() && Files.isExecutable(Path.of(EXECUTABLE));
    }
}
