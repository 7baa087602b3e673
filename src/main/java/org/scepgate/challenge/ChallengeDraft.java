package org.scepgate.challenge;

import org.scepgate.audit.AuditEvent;

/** A challenge with all that its row needs, before it is stored. */
record ChallengeDraft(IssuedChallenge issued, byte[] secretMac, AuditEvent event) {

    Challenge challenge() {
        return issued.challenge();
    }

    /** The secret stays out of logs. */
    @Override
    public String toString() {
        return "ChallengeDraft[" + challenge().id() + "]";
    }
}
