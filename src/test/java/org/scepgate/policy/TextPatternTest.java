package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextPatternTest {
    /** Each would be a program of a million steps and more. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(((a{1,1000}){1,1000}){1,1000})",
                "((a{1000}){1000}){1000}",
                "(?:(?i:a{0,1000}){1000}){2}",
                "(?:[)]{1000}){1000}",
                "(?:[]()]{1000}){1000}",
                "(?:[^])]{1000}){1000}",
                "(?:[[:alpha:])]{1000}){1000}",
                "(?:[\\])]{1000}){1000}",
                "(?:a{1000}\\)){1000}",
                "(?:a{1000}\\Q)\\E){1000}",
                "(?:\\p{L}{1000}){1000}",
                "(?:\\x{29}{1000}){1000}",
                "(?:a{1000}{){1000}",
                "(?:a{1000}{,1}){1000}",
                "(?:a{1000}|b){1000}",
                "((?:a{1000})+){1000}",
                "(?:a{1000,}){1000}",
                "(?P<n>a{1000}){1000}",
                "(?:(?:(?:a{99}){99}){99}){99}",
                "(?:(?:(?:[)]{99}\\Q)\\E){99}){99}){99}",
                "(?:(b{1,1){1000}){1000}",
                "(?:(b{1,1`00}){1,100=){1,1000})",
                "a{1000}\\Q\\E{1000}\\Q\\E{1000}",
                "a{99}(?s){99}(?s){99}(?s){99}",
                "a{1000}(?){1000}",
                "(?:a{1000})*(?){1000}",
                "(?:(?:[A-[:]{1000}){1000}){1000}]",
                "(?:a{1000}[\\pL-[:alpha:](]){1000}",
                "(?:a{1000}[\\p{L}-[:alpha:](]){1000}",
                "(?:a{1000}[\\d-[:alpha:](]){1000}",
                "(?:a{1000}[\\x{41}-[:(]){1000}",
                "(?:a{1000}[A-\\](]){1000}",
                "{00}{1000}(?){1000}(?){1000}",
                "({0000,0000}{0000,0000}{0000,0000}{1000}){1000}",
                "(?:(?:(?:a{99}[!-\\x41-[:alpha:](]){99}[!-\\x41-[:alpha:](]){99}[!-\\x41-[:alpha:](]){99}",
                "(?:(?:(?:a{99}[!-\\101-[:alpha:](]){99}[!-\\101-[:alpha:](]){99}[!-\\101-[:alpha:](]){99}",
                "(?:(?:(?:a{99}[!-\ud83d\ude00-[:alpha:](]){99}[!-\ud83d\ude00-[:alpha:](]){99}[!-\ud83d\ude00-[:alpha:](]){99}",
                "a{1,258}"
            })
    void refusesRepetitionsInRepetitionsBeforeTheyAreWrittenOut(String pattern) {
        assertThat(PatternCost.of(pattern)).isGreaterThan(900_000);
        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> TextPattern.of(pattern))
                .withMessage("repeats too much");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$",
                "host-[0-9]{1,9}[.]acme[.]example",
                "[a-z]{1,256}",
                "(?:[a-z]{1,63}[.]){1,8}example",
                "a{x",
                "\\Qa{1000}{1000}(\\E",
                "[{1000}]{2}",
                "(a|b){0}",
                "\\p{Lu}{1,64}"
            })
    void takesWhatDoesNotGrow(String pattern) throws InvalidNameException {
        TextPattern taken = TextPattern.of(pattern);

        assertThat(taken.size()).isLessThan((int) (2 * PatternCost.of(pattern) + 20));
    }

    /** With each of them RE2/J would look for other cases for ever. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?i)\u1c80",
                "(?i)[a-\uffff]",
                "(?i)[\\x{61}-\\x{ffff}]",
                "(?si-m:[a-\u1c81])",
                "a(?s)(?-s)(?Ui)[a-\ud83d\ude00]"
            })
    void refusesToIgnoreTheCaseOfWhatHasNoEndOfCases(String pattern) {
        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> TextPattern.of(pattern))
                .withMessageStartingWith("ignores case");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?i)v", "(?i)[a-z\u0412]", "(?i).", "(?i)\\p{L}", "(?i)[^a]", "(?i)\\PL", "(?i)\\W"})
    void comesToAnEndWithAnyName(String pattern) throws InvalidNameException {
        TextPattern caseless = TextPattern.of(pattern);

        assertThat(IntStream.rangeClosed(0x1c80, 0x1c88).mapToObj(Character::toString))
                .noneMatch(caseless::matches);
        assertThat(IntStream.rangeClosed(0, 0x2fff)
                        .mapToObj(Character::toString)
                        .filter(caseless::matches))
                .isNotEmpty();
    }

    @Test
    void takesTheSameCharactersWhereCaseCounts() throws InvalidNameException {
        assertThat(TextPattern.of("[\u1c80-\uffff]").matches("\u1c80")).isTrue();
    }
}
