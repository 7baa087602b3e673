package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scepgate.testing.Soak;

/** What a pattern is said to cost, against what RE2/J makes of it. */
class PatternCostTest {
    private static final int PATTERNS = Soak.choose(200_000, 10_000_000);
    private static final long SEED = 20_261_129;
    private static final int LONGEST = 14;
    private static final long MOST = 4000;

    /** Whatever changes what a repetition behind it repeats, or where a class or a group ends. */
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "0",
            "1",
            ",",
            ":",
            "(",
            "(?:",
            "(?P<n>",
            ")",
            "(?i)",
            "(?)",
            "(?s-m)",
            "[a-z]",
            "[A-[:]",
            "[",
            "[^",
            "[]",
            "[:",
            "[:alpha:]",
            "]",
            "-",
            "\\pL",
            "\\p{Lu}",
            "\\d",
            "\\x{41}",
            "\\x41",
            "\\Q",
            "\\E",
            "\\Q\\E",
            "\\]",
            "\\(",
            "\\)",
            "\\[",
            "\\\\",
            "\\b",
            "{",
            "}",
            "{3}",
            "{7}",
            "{20}",
            "{50}",
            "{9,}",
            "{2,9}",
            "{0,9}",
            "{1,30}",
            "{,3}",
            "*",
            "+",
            "?",
            "*?",
            "|",
            "^",
            "$",
            ".",
            "\\101",
            "\\0",
            "!-",
            "-[:alpha:]",
            "\ud83d\ude00",
            "{00}",
            "{0000,0000}",
            "{0}",
            "\\p",
            "\\x",
            "\\");

    @Test
    void isNeverFarBelowTheProgramThatRe2Makes() {
        Random random = new Random(SEED);
        int compiled = 0;
        for (int i = 0; i < PATTERNS; i++) {
            String pattern = IntStream.rangeClosed(0, random.nextInt(LONGEST))
                    .mapToObj(piece -> PIECES.get(random.nextInt(PIECES.size())))
                    .collect(Collectors.joining());
            long cost = PatternCost.of(pattern);
            if (cost <= MOST) {
                compiled += isWithin(2 * cost + 20, pattern) ? 1 : 0;
            }
        }
        assertThat(compiled).isGreaterThan(PATTERNS / 10);
    }

    /** False if it is no pattern. */
    private static boolean isWithin(long most, String pattern) {
        try {
            // A few for each character on top, as anchors have.
            assertThat((long) Pattern.compile(pattern).programSize())
                    .as(pattern)
                    .isLessThan(most + most / 4);
            return true;
        } catch (PatternSyntaxException none) {
            return false;
        }
    }
}
