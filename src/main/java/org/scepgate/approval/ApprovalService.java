package org.scepgate.approval;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Caller;
import org.scepgate.platform.MetricNames;

/** Lets operators see what waits, and carries out what they decide. */
@Singleton
public class ApprovalService {
    private final ApprovalStore store;
    private final HeldRequestIssuer issuer;
    private final Clock clock;
    private final MeterRegistry metrics;

    ApprovalService(ApprovalStore store, HeldRequestIssuer issuer, Clock clock, MeterRegistry metrics) {
        this.store = store;
        this.issuer = issuer;
        this.clock = clock;
        this.metrics = metrics;
    }

    Uni<HeldRequest> require(UUID id) {
        return store.find(id)
                .map(found ->
                        found.orElseThrow(() -> ApiException.notFound("unknown-request", "there is no such request")));
    }

    Uni<List<HeldRequest>> list(HeldSearch search) {
        return store.list(search, now());
    }

    /** Fails with {@link ApiException} (409) if it waits no longer, unless it was this very thing that was decided. */
    Uni<HeldRequest> decide(UUID id, Ruling ruling, Caller caller) {
        return require(id)
                .chain(held -> held.statusAt(ruling.at()) == HeldStatus.PENDING
                        ? carryOut(held, ruling, caller)
                        : Uni.createFrom().item(false))
                .chain(() -> require(id))
                .map(held -> requireSame(held, ruling));
    }

    private Uni<Boolean> carryOut(HeldRequest held, Ruling ruling, Caller caller) {
        Uni<Boolean> done = ruling.kind() == Ruling.Kind.APPROVED
                ? issuer.issue(held, ruling, caller)
                : store.deny(held.id(), ruling, ApprovalEvents.denied(held, ruling, caller));
        return done.invoke(won -> count(won, held, ruling));
    }

    private static HeldRequest requireSame(HeldRequest held, Ruling wanted) {
        return switch (held.statusAt(wanted.at())) {
            case APPROVED, DENIED -> requireSameKind(held, wanted);
            case EXPIRED -> throw ApiException.conflict("request-expired", "nobody decided in time");
            // Only if somebody else decided in the same moment and failed to: the next try says so.
            case PENDING -> throw ApiException.conflict("request-changed", "the request changed meanwhile; try again");
        };
    }

    private static HeldRequest requireSameKind(HeldRequest held, Ruling wanted) {
        Ruling said = held.ruling().orElseThrow();
        if (said.kind() != wanted.kind()) {
            String word = said.kind().name().toLowerCase(Locale.ROOT);
            throw ApiException.conflict("request-" + word, "%s has %s it already".formatted(said.by(), word));
        }
        return held;
    }

    Instant now() {
        // What PostgreSQL keeps of an instant, so that a ruling reads the same before and after it was stored.
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void count(boolean won, HeldRequest held, Ruling ruling) {
        if (won) {
            String outcome = ruling.kind().name().toLowerCase(Locale.ROOT);
            metrics.counter(MetricNames.RULINGS, "outcome", outcome, "profile", held.profile())
                    .increment();
        }
    }
}
