package org.scepgate.challenge;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.UUID;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Caller;

/** Port: revokes what was issued for a challenge. */
public interface CertificateRevoker {

    /** @throws ApiException if there is no such reason for a revocation (RFC 5280 section 5.3.1) */
    void requireKnown(String reason);

    /**
     * Revokes the certificate and all that renewed it, in the caller's transaction.
     *
     * @return how many
     */
    Uni<Integer> revokeIssuedFor(UUID challengeId, String reason, Caller caller, Instant now);
}
