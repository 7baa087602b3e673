package org.scepgate.approval;

import java.time.Instant;

/**
 * What a person said of a waiting request.
 *
 * @param by client id of the operator
 */
public record Ruling(Kind kind, String by, String reason, Instant at) {

    /** Yes or no. */
    public enum Kind {
        APPROVED,
        DENIED
    }
}
