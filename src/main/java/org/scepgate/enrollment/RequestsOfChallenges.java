package org.scepgate.enrollment;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.scepgate.approval.ApprovalStore;
import org.scepgate.audit.AuditEvent;
import org.scepgate.challenge.WaitingRequests;

/** Joins the challenges to the requests that wait with them. */
@Singleton
class RequestsOfChallenges implements WaitingRequests {
    private final ApprovalStore requests;

    RequestsOfChallenges(ApprovalStore requests) {
        this.requests = requests;
    }

    @Override
    public Uni<Void> lock(UUID challengeId) {
        return requests.lockOf(challengeId);
    }

    @Override
    public Uni<Void> deny(UUID challengeId, AuditEvent cancelled) {
        return requests.denyOf(challengeId, cancelled);
    }
}
