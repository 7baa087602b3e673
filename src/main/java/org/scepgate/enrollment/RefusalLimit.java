package org.scepgate.enrollment;

import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.scepgate.audit.FailedChallenges;
import org.scepgate.challenge.AttemptLimits;
import org.scepgate.challenge.ChallengeConfig;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.policy.Decision;

/**
 * Slows guessing down. Only what has to be refused counts and only that is turned away: a request that is right is served
 * from any address, however much was guessed there, and pays nothing for it.
 */
@Startup
@Singleton
class RefusalLimit {
    private static final String REALM = "scep";

    private final AttemptLimits attempts;
    private final FailedChallenges alarms;
    private final int perMinute;

    RefusalLimit(AttemptLimits attempts, FailedChallenges alarms, ChallengeConfig config) {
        this.attempts = attempts;
        this.alarms = alarms;
        this.perMinute = config.refusalsPerMinute();
        if (perMinute < 0) {
            throw new ConfigurationException("scepgate.challenge.refusals-per-minute", "must not be negative");
        }
    }

    /**
     * Counts a refusal and has it recorded; fails with {@link ApiException} 429 where its address had too many. A challenge
     * that is known counts each refusal even so, or nothing would lock it any more.
     */
    Uni<Void> count(Exchange exchange, Decision.Refuse refuse, Supplier<Uni<Void>> record) {
        if (!refuse.isCounted()) {
            return record.get();
        }
        return refuse.challengeId().isPresent()
                ? record.get().chain(() -> take(exchange))
                : take(exchange).chain(() -> record.get());
    }

    /** Likewise; no query and no poll is a guess. */
    Uni<Void> count(Exchange exchange, Received.Rejected rejected, Supplier<Uni<Void>> record) {
        return rejected.mayBeGuess() ? take(exchange).chain(() -> record.get()) : record.get();
    }

    private Uni<Void> take(Exchange exchange) {
        String address = exchange.sourceAddress();
        return perMinute == 0
                ? Uni.createFrom().voidItem()
                : attempts.take(REALM, address, perMinute, () -> alarms.throttled(address, perMinute));
    }
}
