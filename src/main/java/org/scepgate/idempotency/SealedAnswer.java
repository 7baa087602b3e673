package org.scepgate.idempotency;

import java.time.Instant;

/** An answer as the database keeps it. */
public record SealedAnswer(RepeatableRequest request, String keyId, byte[] sealed, Instant at) {

    public SealedAnswer {
        sealed = sealed.clone();
    }

    @Override
    public byte[] sealed() {
        return sealed.clone();
    }
}
