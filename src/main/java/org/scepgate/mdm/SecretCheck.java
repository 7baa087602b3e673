package org.scepgate.mdm;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.scepgate.challenge.AttemptLimits;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.CallersContext;
import org.scepgate.platform.MetricNames;
import org.scepgate.platform.PasswordHash;
import org.scepgate.platform.UnavailableException;

/**
 * Compares secrets with their slow hashes. A right one is known again at once, by its MAC under a key of this process;
 * any other is counted before it is hashed, so that guessing costs the guesser more than us.
 */
@Singleton
public class SecretCheck {
    private static final int GUESSES_PER_MINUTE = 10;
    private static final String ALGORITHM = "HmacSHA256";

    private final HashQueue hashes;
    private final AttemptLimits limits;
    private final MeterRegistry metrics;
    private final SecretKeySpec key;
    private final Map<PasswordHash, byte[]> right = new ConcurrentHashMap<>();
    private final Map<ByteBuffer, CompletableFuture<Optional<Boolean>>> running = new ConcurrentHashMap<>();

    SecretCheck(HashQueue hashes, AttemptLimits limits, MeterRegistry metrics) {
        this.hashes = hashes;
        this.limits = limits;
        this.metrics = metrics;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
    }

    /**
     * A secret that somebody came with.
     *
     * @param realm what it is for, such as {@code jamf/wifi}
     */
    public record Attempt(String realm, String sourceAddress, String secret) {
        /** Leaves the secret out. */
        @Override
        public String toString() {
            return "Attempt[" + realm + ", " + sourceAddress + "]";
        }
    }

    /**
     * Fails with {@link ApiException} 429 where this source guesses too often, and with {@link UnavailableException} where
     * too many secrets wait.
     */
    public Uni<Boolean> matches(PasswordHash expected, Attempt attempt) {
        return remembers(expected, attempt.secret())
                ? Uni.createFrom().item(true)
                : Uni.createFrom().deferred(() -> compare(expected, attempt, mac(expected, attempt.secret())));
    }

    /** Whether this secret was found right before, without a slow look. */
    public boolean remembers(PasswordHash expected, String secret) {
        byte[] known = right.get(expected);
        return known != null && MessageDigest.isEqual(known, mac(expected, secret));
    }

    /**
     * Many devices come at once after a start: one of them has the secret hashed, for all who bring the same. Where that
     * one gets no answer, because its source guessed too often or it went away, the next one asks.
     */
    private Uni<Boolean> compare(PasswordHash expected, Attempt attempt, byte[] mac) {
        ByteBuffer same = ByteBuffer.wrap(mac);
        CompletableFuture<Optional<Boolean>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<Boolean>> first = running.putIfAbsent(same, mine);
        if (first != null) {
            return CallersContext.waitFor(first)
                    .chain(answer -> answer.map(matches -> Uni.createFrom().item(matches))
                            .orElseGet(() -> compare(expected, attempt, mac)));
        }
        return limits.take(attempt.realm(), attempt.sourceAddress(), GUESSES_PER_MINUTE)
                .chain(() -> hashes.run(() -> expected.isOf(attempt.secret())))
                .invoke(matches -> remember(matches, expected, attempt, mac))
                .onTermination()
                .invoke((matches, failure, cancelled) -> {
                    running.remove(same);
                    mine.complete(Optional.ofNullable(matches));
                });
    }

    private void remember(boolean matches, PasswordHash expected, Attempt attempt, byte[] mac) {
        if (matches) {
            right.put(expected, mac);
        } else {
            metrics.counter(MetricNames.MDM_REFUSED, "realm", attempt.realm()).increment();
        }
    }

    private byte[] mac(PasswordHash expected, String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(expected.text().getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java platform", impossible);
        }
    }
}
