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

    /** The fault, if any, is the caller's to place. */
    static TextPattern of(String text) throws InvalidNameException {
        AltNameType.require(text != null && !text.isEmpty(), "must not be empty");
        AltNameType.require(text.length() <= LONGEST, "must not have more than " + LONGEST + " characters");
        try {
            TextPattern pattern = new TextPattern(text, Pattern.compile(text));
            AltNameType.require(pattern.size() <= MOST_STEPS, "repeats too much");
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
                && name.codePoints().allMatch(Texts::isVisible)
                && compiled.matches(name);
    }
}
