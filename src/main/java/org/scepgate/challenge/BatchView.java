package org.scepgate.challenge;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.scepgate.platform.Problem;

/** What became of a batch, in the order of its items. */
@Schema(name = "Batch", description = "What became of each item, in their order")
public record BatchView(int created, int refused, List<Item> items) {

    static BatchView of(List<Item> items) {
        int refused =
                (int) items.stream().filter(item -> item.problem() != null).count();
        return new BatchView(items.size() - refused, refused, items);
    }

    /** One of the two is there. */
    @Schema(name = "BatchItem", description = "A challenge, or why there is none")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(ChallengeView challenge, Problem problem) {}
}
