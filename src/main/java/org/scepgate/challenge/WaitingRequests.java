package org.scepgate.challenge;

import io.smallrye.mutiny.Uni;
import java.util.UUID;
import org.scepgate.audit.AuditEvent;

/** Port: the requests that wait for a person with a challenge; all in the caller's transaction. */
public interface WaitingRequests {

    /** Keeps everybody else from deciding on the request that waits with this challenge, if there is one. */
    Uni<Void> lock(UUID challengeId);

    /**
     * Denies the request that waits with a challenge which was taken back: it could never be approved.
     *
     * @param cancelled who took it back, and when
     */
    Uni<Void> deny(UUID challengeId, AuditEvent cancelled);
}
