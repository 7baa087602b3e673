package org.scepgate.challenge;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;
import org.scepgate.audit.AuditEvent;

/**
 * What it takes to replace a challenge by another.
 *
 * @param cancelled goes on record if the old one was not spent
 * @param more how many more are open afterwards: none where the old one was
 * @param then becomes true in the same transaction
 */
record ReissueOrder(ChallengeDraft draft, AuditEvent cancelled, int more, Supplier<Uni<Void>> then) {}
