package org.scepgate.enrollment;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Hides a challenge in whatever else a device wrote, so that none reaches the log, the audit or the API. Names show
 * values of unusual types in hex, so that the challenge's hex is hidden too.
 */
final class ChallengeMask {
    /** Of a message that carries no challenge. */
    static final ChallengeMask NONE = new ChallengeMask(List.of());
    /** Of a message that was not read so far: what its sender wrote elsewhere may be a challenge, and nobody knows. */
    static final ChallengeMask UNREAD = new ChallengeMask(List.of());

    private static final String HIDDEN = "***";
    private static final String CUT = "…";
    // Fewer characters tell too little, and are too likely to be there by chance.
    private static final int SHORTEST_PART = 6;
    // No text that was shortened is longer, and neither is what is left of a challenge at its end.
    private static final int LONGEST_PART = 256;

    private final List<Form> forms;

    private ChallengeMask(List<Form> forms) {
        this.forms = forms;
    }

    static ChallengeMask of(Optional<String> challenge) {
        return challenge
                .filter(text -> !text.isEmpty())
                .map(text -> new ChallengeMask(forms(text)))
                .orElse(NONE);
    }

    boolean isUnread() {
        return this == UNREAD;
    }

    /** Hides what either hides. */
    ChallengeMask and(ChallengeMask other) {
        return new ChallengeMask(
                Stream.concat(forms.stream(), other.forms.stream()).toList());
    }

    private static List<Form> forms(String challenge) {
        return List.of(
                new AsItIs(challenge),
                new InHex(challenge, StandardCharsets.UTF_8, HexFormat.of()),
                new InHex(challenge, StandardCharsets.UTF_8, HexFormat.of().withUpperCase()),
                new InHex(challenge, StandardCharsets.UTF_16BE, HexFormat.of()),
                new InHex(challenge, StandardCharsets.UTF_16BE, HexFormat.of().withUpperCase()));
    }

    String hide(String text) {
        String shown = text;
        for (Form form : forms) {
            shown = form.hideIn(shown);
        }
        return shown;
    }

    /** Leaves the challenge out. */
    @Override
    public String toString() {
        return "ChallengeMask";
    }

    /** A way to write a challenge, which may be as long as a whole message, and is not written so unless it must be. */
    private interface Form {
        /** Of the whole; no less than it has. */
        int fewestCharacters();

        /** How much of it may stand where a text was cut off. */
        int shortestPart();

        /** As it stands in a text. */
        String text();

        /** What it begins with: {@link #LONGEST_PART} characters, or what there is. */
        String beginning();

        default String hideIn(String shown) {
            String whole = fewestCharacters() > shown.length() ? shown : shown.replace(text(), HIDDEN);
            if (!whole.contains(CUT)) {
                return whole;
            }
            String beginning = beginning();
            for (int length = beginning.length(); length >= shortestPart(); length--) {
                whole = whole.replace(beginning.substring(0, length) + CUT, HIDDEN + CUT);
            }
            return whole;
        }
    }

    private record AsItIs(String text) implements Form {
        @Override
        public int fewestCharacters() {
            return text.length();
        }

        @Override
        public int shortestPart() {
            return SHORTEST_PART;
        }

        @Override
        public String beginning() {
            return text.substring(0, Math.min(text.length(), LONGEST_PART));
        }
    }

    private record InHex(String challenge, Charset charset, HexFormat format) implements Form {
        @Override
        public int fewestCharacters() {
            return 2 * challenge.length();
        }

        @Override
        public int shortestPart() {
            return 2 * SHORTEST_PART * (charset == StandardCharsets.UTF_16BE ? 2 : 1);
        }

        @Override
        public String text() {
            return format.formatHex(challenge.getBytes(charset));
        }

        @Override
        public String beginning() {
            // Each character has at least two digits.
            String first = challenge.substring(0, Math.min(challenge.length(), LONGEST_PART));
            String digits = format.formatHex(first.getBytes(charset));
            return digits.substring(0, Math.min(digits.length(), LONGEST_PART));
        }
    }
}
