package org.scepgate.challenge;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.IpNetwork;

/** Counts in the database, for all servers at once, how often a stranger guesses at a secret. */
@Singleton
public class AttemptLimits {
    // Rows are never removed: addresses share them, a stranger cannot choose with whom, and their number has a bound.
    private static final int BUCKETS = 4096;

    private final ClientLimits limits;
    private final SecretMac mac;

    AttemptLimits(ClientLimits limits, SecretMac mac) {
        this.limits = limits;
        this.mac = mac;
    }

    /** Fails with {@link ApiException} 429 where this source guesses too often at secrets of this realm. */
    public Uni<Void> take(String realm, String sourceAddress, int perMinute) {
        byte[] digest = mac.of(realm + " " + IpNetwork.subscriberOf(sourceAddress));
        int bucket = ((digest[0] & 0xFF) << Byte.SIZE | digest[1] & 0xFF) % BUCKETS;
        return limits.take("mdm.attempts::" + realm + "#" + bucket, perMinute);
    }
}
