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
        return Stream.concat(
                        Stream.of(new Form(challenge, SHORTEST_PART)),
                        Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE)
                                .flatMap(charset -> hex(challenge, charset)))
                .toList();
    }

    private static Stream<Form> hex(String challenge, Charset charset) {
        byte[] bytes = challenge.getBytes(charset);
        int shortest = 2 * SHORTEST_PART * (charset == StandardCharsets.UTF_16BE ? 2 : 1);
        return Stream.of(HexFormat.of(), HexFormat.of().withUpperCase())
                .map(format -> new Form(format.formatHex(bytes), shortest));
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

    /** @param shortestPart how much of it may stand where a text was cut off */
    private record Form(String text, int shortestPart) {

        String hideIn(String shown) {
            String whole = shown.replace(text, HIDDEN);
            if (!whole.contains(CUT)) {
                return whole;
            }
            for (int length = Math.min(text.length() - 1, LONGEST_PART); length >= shortestPart; length--) {
                whole = whole.replace(text.substring(0, length) + CUT, HIDDEN + CUT);
            }
            return whole;
        }
    }
}
