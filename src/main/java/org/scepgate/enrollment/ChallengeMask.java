package org.scepgate.enrollment;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
                new Form(challenge, UnaryOperator.identity(), 1),
                inHex(challenge, StandardCharsets.UTF_8, HexFormat.of()),
                inHex(challenge, StandardCharsets.UTF_8, HexFormat.of().withUpperCase()),
                inHex(challenge, StandardCharsets.UTF_16BE, HexFormat.of()),
                inHex(challenge, StandardCharsets.UTF_16BE, HexFormat.of().withUpperCase()));
    }

    private static Form inHex(String challenge, Charset charset, HexFormat format) {
        int digits = charset == StandardCharsets.UTF_16BE ? 4 : 2;
        return new Form(challenge, text -> format.formatHex(text.getBytes(charset)), digits);
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

    /**
     * A way to write a challenge, which may be as long as a whole message, and is not written so unless it must be.
     *
     * @param perCharacter how many characters of it stand for one, at least
     */
    private record Form(String challenge, UnaryOperator<String> writing, int perCharacter) {
        String hideIn(String shown) {
            boolean mayHoldAll = perCharacter * challenge.length() <= shown.length();
            String whole = mayHoldAll ? shown.replace(writing.apply(challenge), HIDDEN) : shown;
            if (!whole.contains(CUT)) {
                return whole;
            }
            String beginning = writing.apply(start(challenge));
            for (int length = start(beginning).length(); length >= perCharacter * SHORTEST_PART; length--) {
                whole = whole.replace(beginning.substring(0, length) + CUT, HIDDEN + CUT);
            }
            return whole;
        }

        private static String start(String text) {
            return text.substring(0, Math.min(text.length(), LONGEST_PART));
        }
    }
}
