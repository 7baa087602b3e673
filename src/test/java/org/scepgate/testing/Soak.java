package org.scepgate.testing;

/** How much of a test that could go on for ever: little in every build, a lot with {@code ./mvnw -Psoak verify}. */
public final class Soak {
    private static final boolean ON = Boolean.getBoolean("scepgate.soak");

    private Soak() {}

    public static int choose(int usual, int soak) {
        return ON ? soak : usual;
    }

    /** A line of figures at the end of a test, for the log of the build and docs/reliability.md. */
    public static void report(String format, Object... figures) {
        System.out.printf("RELIABILITY " + format + "%n", figures);
    }
}
