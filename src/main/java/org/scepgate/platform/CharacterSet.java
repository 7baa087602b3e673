package org.scepgate.platform;

import java.util.BitSet;

/** The letters and digits of ASCII and some more characters: texts of every request are looked at by it. */
public final class CharacterSet {
    private final BitSet members = new BitSet();

    private CharacterSet(String others) {
        members.set('0', '9' + 1);
        members.set('A', 'Z' + 1);
        members.set('a', 'z' + 1);
        others.chars().forEach(members::set);
    }

    public static CharacterSet alphanumericAnd(String others) {
        return new CharacterSet(others);
    }

    /** Whether the text has characters, and no other ones. */
    public boolean makesUp(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!members.get(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
