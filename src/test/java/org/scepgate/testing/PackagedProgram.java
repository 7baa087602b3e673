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

    /** How to start a server; both kinds know {@code -Xmx} and {@code -D}. */
    public static List<String> server(List<String> options) {
        return isNative() ? executable(options) : java(options);
    }

    /** How to start what ends within seconds: the JVM's second compiler would work for nothing. */
    public static List<String> command(List<String> options) {
        if (isNative()) {
            return executable(options);
        }
        List<String> more = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1"));
        more.addAll(options);
        return java(more);
    }

    private static List<String> executable(List<String> options) {
        List<String> command =
                new ArrayList<>(List.of(Path.of(EXECUTABLE).toAbsolutePath().toString()));
        command.addAll(options);
        return command;
    }

    private static List<String> java(List<String> options) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.add("-jar");
        command.add(Path.of(JAR).toAbsolutePath().toString());
        return command;
    }

    private static boolean isNative() {
        return !EXECUTABLE.isEmpty() && Files.isExecutable(Path.of(EXECUTABLE));
    }
}
