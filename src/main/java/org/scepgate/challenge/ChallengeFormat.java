package org.scepgate.challenge;

import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.scepgate.payload.AppleProfile;
import org.scepgate.payload.WindowsProfile;
import org.scepgate.platform.ApiException;

/** How a challenge that was just made is told: as JSON, or as what a device takes. */
enum ChallengeFormat {
    JSON("json", MediaType.APPLICATION_JSON),
    APPLE("mobileconfig", AppleProfile.MEDIA_TYPE),
    WINDOWS("syncml", WindowsProfile.MEDIA_TYPE);

    private final String word;
    private final String mediaType;

    ChallengeFormat(String word, String mediaType) {
        this.word = word;
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /**
     * @param word the parameter of the address, which wins; null if there is none
     * @param accepted media types, the most wanted first
     */
    static ChallengeFormat of(String word, List<MediaType> accepted) {
        return word == null ? accepted(accepted) : named(word);
    }

    private static ChallengeFormat named(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word.equals(word))
                .findFirst()
                .orElseThrow(() -> ApiException.badRequest(
                        "invalid-value",
                        "format",
                        "one of "
                                + Arrays.stream(values())
                                        .map(format -> format.word)
                                        .collect(Collectors.joining(", "))));
    }

    // Whoever accepts none of them has got 406 before.
    private static ChallengeFormat accepted(List<MediaType> accepted) {
        return accepted.stream()
                .map(ChallengeFormat::firstIn)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(JSON);
    }

    private static Optional<ChallengeFormat> firstIn(MediaType range) {
        return Arrays.stream(values())
                .filter(format -> range.isCompatible(MediaType.valueOf(format.mediaType)))
                .findFirst();
    }
}
