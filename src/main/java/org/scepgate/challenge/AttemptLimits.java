package org.scepgate.challenge;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.IpNetwork;

/** Counts in the database, for all servers at once, how often a stranger guesses at a secret. */
@Singleton
public class AttemptLimits {
    // Rows are never removed: addresses share them, a stranger cannot choose with whom, and their number has a bound.
    private static final int BUCKETS = 4096;

    private final ClientLimits limits;
    private final SecretMac mac;

    // No more than there are buckets. Until then the database need not be asked again: a flood stays in this process.
    private final Map<String, Long> emptyUntilNanos = new ConcurrentHashMap<>();

    AttemptLimits(ClientLimits limits, SecretMac mac) {
        this.limits = limits;
        this.mac = mac;
    }

    /** Fails with {@link ApiException} 429 where this source guesses too often at secrets of this realm. */
    public Uni<Void> take(String realm, String sourceAddress, int perMinute) {
        return take(realm, sourceAddress, perMinute, () -> Uni.createFrom().voidItem());
    }

    /** @param found what to do where it fails, unless that was so a moment ago as well */
    public Uni<Void> take(String realm, String sourceAddress, int perMinute, Supplier<Uni<Void>> found) {
        String bucket = bucket(realm, sourceAddress);
        long nanos = emptyUntilNanos.getOrDefault(bucket, System.nanoTime()) - System.nanoTime();
        if (nanos > 0) {
            return Uni.createFrom().failure(tooMany((int) TimeUnit.NANOSECONDS.toSeconds(nanos) + 1));
        }
        return limits.take(bucket, perMinute)
                .onFailure(ApiException.class)
                .transform(refusal -> tooMany(remember(bucket, (ApiException) refusal)))
                .onFailure(ApiException.class)
                .call(() -> found.get());
    }

    private int remember(String bucket, ApiException refusal) {
        int seconds = refusal.retryAfterSeconds().orElseThrow();
        emptyUntilNanos.put(bucket, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
        return seconds;
    }

    private static ApiException tooMany(int retryAfterSeconds) {
        return ApiException.tooManyRequests(
                "rate-limited", "too much from this address was refused", retryAfterSeconds);
    }

    private String bucket(String realm, String sourceAddress) {
        byte[] digest = mac.of(realm + " " + IpNetwork.subscriberOf(sourceAddress));
        int bucket = ((digest[0] & 0xFF) << Byte.SIZE | digest[1] & 0xFF) % BUCKETS;
        return "mdm.attempts::" + realm + "#" + bucket;
    }
}
