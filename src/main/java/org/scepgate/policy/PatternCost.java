package org.scepgate.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long the program of a regular expression of RE2 will about be, told by its text: RE2/J writes repetitions out, and
 * a few that stand in each other would fill the heap.
 *
 * <p>One pass over the text. What is no regular expression has a cost too, and is refused when it is compiled.
 */
final class PatternCost {
    private static final long ENDLESS = Integer.MAX_VALUE;
    /** RE2/J takes three digits, and four for 1000. */
    private static final Pattern COUNTS = Pattern.compile("(0|[1-9]\\d{0,3})(?:,(0|[1-9]\\d{0,3})?)?");

    private static final Pattern FLAGS = Pattern.compile("\\?[^:<)]*\\)");
    /** Names and numbers of characters, octal too, in the forms that RE2/J reads; else any character. */
    private static final Pattern ESCAPED = Pattern.compile("[pPx]\\{[^}]*\\}|x..|[pP].|[0-7]{1,3}|.", Pattern.DOTALL);

    /** Behind a backslash, more than one character. */
    private static final String CLASSES = "pPdDsSwW";
    // No name is longer.
    private static final long MOST_LEFT_OUT = TextPattern.LONGEST_NAME;

    private final String text;
    private final Deque<Long> groups = new ArrayDeque<>();
    private long group;
    private long atom;
    private int at;

    private PatternCost(String text) {
        this.text = text;
    }

    /** In steps; never too few by more than a few for each character. */
    static long of(String text) {
        return new PatternCost(text).sum();
    }

    private long sum() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case '(' -> open();
                case ')' -> close();
                case '[' -> atom(skipClass());
                case '\\' -> escape();
                case '{' -> repeat();
                // Of what stands before them, which a repetition further on may repeat with them.
                case '*', '+', '?' -> atom = plus(atom, 1);
                default -> atom(1);
            }
        }
        while (!groups.isEmpty()) {
            close();
        }
        return plus(group, atom);
    }

    private void atom(long cost) {
        group = plus(group, atom);
        atom = cost;
    }

    private void open() {
        Matcher flags = FLAGS.matcher(text).region(at, text.length());
        if (flags.lookingAt()) {
            // No group, and a repetition behind it is one of what stands before it.
            at = flags.end();
            return;
        }
        groups.push(plus(group, atom));
        group = 0;
        atom = 0;
    }

    private void close() {
        long inside = plus(plus(group, atom), 2);
        group = groups.isEmpty() ? 0 : groups.pop();
        atom = inside;
    }

    private long skipClass() {
        at += text.startsWith("^", at) ? 1 : 0;
        // The first is never the end.
        boolean first = true;
        while (at < text.length() && (first || text.charAt(at) != ']')) {
            first = false;
            int named = text.startsWith("[:", at) ? text.indexOf(":]", at) : -1;
            if (named > 0) {
                at = named + 2;
            } else {
                skipRange();
            }
        }
        at++;
        return 1;
    }

    /** A character, two with a hyphen between, or an escape that is a class of its own and never begins a range. */
    private void skipRange() {
        boolean isClass =
                at + 1 < text.length() && text.charAt(at) == '\\' && CLASSES.indexOf(text.charAt(at + 1)) >= 0;
        skipCharacter();
        boolean isRange = !isClass && at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']';
        if (isRange) {
            at++;
            skipCharacter();
        }
    }

    private void skipCharacter() {
        if (text.charAt(at) == '\\') {
            at++;
            skipEscaped();
        } else {
            at += Character.charCount(text.codePointAt(at));
        }
    }

    /** What a backslash stands before; one at the end stands before nothing. */
    private void skipEscaped() {
        Matcher escaped = ESCAPED.matcher(text).region(at, text.length());
        at = escaped.lookingAt() ? escaped.end() : text.length();
    }

    private void escape() {
        if (text.startsWith("Q", at)) {
            quote();
        } else {
            skipEscaped();
            atom(1);
        }
    }

    private void quote() {
        int begin = at + 1;
        int end = text.indexOf("\\E", begin);
        int length = (end < 0 ? text.length() : end) - begin;
        at = end < 0 ? text.length() : end + 2;
        if (length > 0) {
            atom(length);
        }
    }

    private void repeat() {
        int end = text.indexOf('}', at);
        Matcher counts = COUNTS.matcher(end < 0 ? "" : text.substring(at, end));
        if (!counts.matches()) {
            // A brace as any other character; what follows it is looked at.
            atom(1);
            return;
        }
        at = end + 1;
        long least = Long.parseLong(counts.group(1));
        long most = counts.group(2) == null ? least : Math.max(least, Long.parseLong(counts.group(2)));
        // RE2/J nests what may be left out, and comes to the end of the stack.
        atom = most - least > MOST_LEFT_OUT ? ENDLESS : Math.min(ENDLESS, Math.max(1, atom) * Math.max(1, most));
    }

    private static long plus(long one, long other) {
        return Math.min(ENDLESS, one + other);
    }
}
