package org.scepgate.challenge;

import io.smallrye.mutiny.Uni;
import java.util.UUID;
import java.util.function.Supplier;
import org.scepgate.audit.AuditEvent;

/**
 * What it takes to replace a challenge by another.
 *
 * @param cancelled goes on record if the old one was not spent
 * @param then becomes true in the same transaction
 */
record ReissueOrder(ChallengeDraft draft, AuditEvent cancelled, Supplier<Uni<Void>> then) {
    UUID replaced() {
        return draft.challenge().succession().replaces().orElseThrow();
    }
}
