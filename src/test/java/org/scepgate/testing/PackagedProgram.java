package org.scepgate.testing;

import java.lang.management.ManagementFactory;
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
    private static final Path JAR = Path.of(System.getProperty("scepgate.jar", "target/quarkus-app/quarkus-run.jar"));
    private static final ClassArchive CLASSES = new ClassArchive(JAR);

    /** How this JVM compiles and collects (pom.xml): a server of a test lives as briefly as the test does. */
    private static final List<String> SHORT_LIFE = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> option.startsWith("-XX:"))
            .toList();

    private PackagedProgram() {}

    /** How to start a server at this port; both kinds know {@code -Xmx} and {@code -D}. */
    static List<String> server(int port, List<String> options) {
        if (isNative()) {
            return executable(options);
        }
        List<String> more = new ArrayList<>(SHORT_LIFE);
        more.addAll(CLASSES.useOrMake(port));
        more.addAll(options);
        return java(more);
    }

    /** Whether a server that was started so writes an archive of its classes when it ends. */
    static boolean leavesArchive(List<String> command) {
        return command.stream().anyMatch(option -> option.startsWith(ClassArchive.MAKE));
    }

    /** To be told when the server at this port has ended and was not killed. */
    static void ended(int port) {
        CLASSES.take(port);
    }

    /** How to start a server whose JVM takes all its options from its environment. */
    static List<String> serverAsInTheImage(List<String> options) {
        return isNative() ? executable(options) : java(options);
    }

    /** How to start what ends within seconds: the JVM's second compiler would work for nothing. */
    public static List<String> command(List<String> options) {
        if (isNative()) {
            return executable(options);
        }
        List<String> more = new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        more.addAll(CLASSES.use());
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
        command.add(JAR.toAbsolutePath().toString());
        return command;
    }

    private static boolean isNative() {
        return !EXECUTABLE.isEmpty() && Files.isExecutable(Path.of(EXECUTABLE));
    }
}
