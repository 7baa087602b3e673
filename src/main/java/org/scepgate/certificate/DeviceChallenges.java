package org.scepgate.certificate;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import org.scepgate.platform.Caller;

/** Port: the challenges by which a device could get a certificate again. */
public interface DeviceChallenges {

    /**
     * Takes back all that are open, those of requests that wait for a person too, in the caller's transaction.
     *
     * @return how many
     */
    Uni<Integer> cancelAllOf(String deviceId, Caller caller, Instant now);
}
