package org.scepgate.challenge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.scepgate.platform.ApiException;

/** The body of a request for many challenges. */
@Schema(description = "Many requests for challenges at once")
public record BatchRequest(
        @Schema(
                enumeration = {"all-or-nothing", "per-item"},
                defaultValue = "all-or-nothing",
                description = "all-or-nothing: one that is refused refuses all. per-item: the others are made")
        String mode,

        @Schema(required = true, minItems = 1, maxItems = BatchRequest.MOST)
        List<ChallengeRequest> items) {

    static final int MOST = 1000;
    private static final String PER_ITEM = "per-item";
    private static final String ALL_OR_NOTHING = "all-or-nothing";

    /** @throws ApiException if it is no batch */
    void check() {
        if (items == null) {
            throw ApiException.badRequest("missing-field", "items", "a batch has items");
        }
        if (items.isEmpty() || items.size() > MOST) {
            throw ApiException.badRequest("invalid-value", "items", "a batch has 1 to " + MOST + " items");
        }
        if (mode != null && !mode.equals(PER_ITEM) && !mode.equals(ALL_OR_NOTHING)) {
            throw ApiException.badRequest("invalid-value", "mode", "one of " + ALL_OR_NOTHING + ", " + PER_ITEM);
        }
    }

    @JsonIgnore
    boolean isPerItem() {
        return PER_ITEM.equals(mode);
    }

    /** @throws ApiException if it is none */
    NewChallenge item(int index) {
        ChallengeRequest item = items.get(index);
        if (item == null) {
            throw ApiException.badRequest("wrong-type", null, "the value has to be an object");
        }
        return item.toNewChallenge();
    }
}
