package org.scepgate.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression of RE2 that a whole text matches, whether or not it has ^ and $.
 *
 * <p>A device chooses the text. RE2 never goes back, so its time grows with the text and the pattern alone.
 */
record TextPattern(String text, Pattern compiled) {

    static final int LONGEST_NAME = NameAttribute.LONGEST_TEXT;
    private static final int LONGEST = 256;
    private static final int MOST_STEPS = 2000;
    private static final int MOST_STEPS_TO_COMPILE = 2 * MOST_STEPS;
    private static final Pattern CASELESS = Pattern.compile("\\(\\?[^:)]*i");
    private static final int FIRST_ENDLESS = 0x1C80;
    private static final int LAST_ENDLESS = 0x1C88;
    private static final String REPEATS = "repeats too much";

    /** The fault, if any, is the caller's to place. */
    static TextPattern of(String text) throws InvalidNameException {
        AltNameType.require(text != null && !text.isEmpty(), "must not be empty");
        AltNameType.require(text.length() <= LONGEST, "must not have more than " + LONGEST + " characters");
        AltNameType.require(
                !ignoresCase(text) || foldsForSure(text),
                "ignores case, and then must not have characters from U+1C80 on");
        AltNameType.require(PatternCost.of(text) <= MOST_STEPS_TO_COMPILE, REPEATS);
        try {
            TextPattern pattern = new TextPattern(text, Pattern.compile(text));
            AltNameType.require(pattern.size() <= MOST_STEPS, REPEATS);
            return pattern;
        } catch (PatternSyntaxException unreadable) {
            throw new InvalidNameException("", "is no regular expression of RE2: " + unreadable.getDescription());
        }
    }

    /** What a match costs for each character. */
    int size() {
        return compiled.programSize();
    }

    /** Never for text that nobody can see: a pattern such as .* was not meant for it. */
    boolean matches(String name) {
        return name.length() <= LONGEST_NAME
                && Texts.isSound(name)
                && !(ignoresCase(text) && name.codePoints().anyMatch(TextPattern::foldsForEver))
                && name.codePoints().allMatch(Texts::isVisible)
                && compiled.matches(name);
    }

    /** Also for some that do not; none that does is left out. */
    private static boolean ignoresCase(String text) {
        return CASELESS.matcher(text).find();
    }

    // RE2/J looks for the other cases of a character until it is back at the first, and from U+1C80 to U+1C88 it never
    // is.
    // Of a range it looks at each character.
    private static boolean foldsForSure(String text) {
        return text.codePoints().allMatch(c -> c < FIRST_ENDLESS) && !text.contains("\\x{");
    }

    private static boolean foldsForEver(int codePoint) {
        return codePoint >= FIRST_ENDLESS && codePoint <= LAST_ENDLESS;
    }
}
