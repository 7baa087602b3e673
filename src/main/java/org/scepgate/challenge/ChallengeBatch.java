package org.scepgate.challenge;

import java.util.List;

/**
 * Many challenges with their rows as JSON: one statement stores them all, where an entity each would hold up the event loop.
 */
record ChallengeBatch(List<ChallengeDraft> drafts, String challengeRows, String eventRows) {

    ChallengeBatch {
        drafts = List.copyOf(drafts);
    }

    /** The secrets stay out of logs. */
    @Override
    public String toString() {
        return "ChallengeBatch[" + drafts.size() + "]";
    }
}
