package org.scepgate.verify;

import java.time.Instant;
import org.scepgate.seal.Seal;

/**
 * A seal as it stands in the database.
 *
 * @param entries null when its rows are gone
 * @param removedAt when retention removed its rows; null while they are there
 */
record StoredSeal(Seal seal, byte[] entries, Instant removedAt) {
    long number() {
        return seal.number();
    }

    @Override
    public String toString() {
        return "seal " + number() + " (" + seal.sealedAt() + ")";
    }
}
