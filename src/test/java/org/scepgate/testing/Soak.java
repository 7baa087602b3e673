package org.scepgate.testing;

import java.util.stream.Stream;

/** How much of a test that could go on for ever: little in every build, a lot with {@code ./mvnw -Psoak verify}. */
public final class Soak {
    private static final boolean ON = Boolean.getBoolean("scepgate.soak");
    /** For who has less time: {@code -Dscepgate.soak.percent=20}. */
    private static final int PERCENT = Integer.getInteger("scepgate.soak.percent", 100);

    private Soak() {}

    public static boolean isOn() {
        return ON;
    }

    /** How often, how many or how long. */
    public static int choose(int usual, int soak) {
        return ON ? Math.max(usual, soak * PERCENT / 100) : usual;
    }

    /** What is no number of tries: a limit, which may be narrower in a long run, or a step. */
    public static int limit(int usual, int soak) {
        return ON ? soak : usual;
    }

    /** The first few of these in every build, in a long run all. */
    @SafeVarargs
    public static <T> Stream<T> choose(int usual, T... all) {
        return Stream.of(all).limit(ON ? all.length : usual);
    }

    /** A line of figures at the end of a test, for the log of the build and docs/reliability.md. */
    public static void report(String format, Object... figures) {
        System.out.printf("RELIABILITY " + format + "%n", figures);
    }
}
