package org.scepgate.idempotency;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.CryptoPool;
import org.scepgate.platform.Schedule;

/** Does what a request asks for once, and gives the same answer to whoever repeats it. */
@Singleton
public class RepeatedRequests {
    private static final Duration REMOVAL = Duration.ofMinutes(10);

    private final AnswerStore store;
    private final AnswerSeal seal;
    private final CryptoPool crypto;
    private final Clock clock;

    RepeatedRequests(AnswerStore store, AnswerSeal seal, CryptoPool crypto, Clock clock) {
        this.store = store;
        this.seal = seal;
        this.crypto = crypto;
        this.clock = clock;
    }

    /** What was answered, and whether it was before. */
    public record Given(Answer answer, boolean again) {}

    /**
     * @param answer what will be answered
     * @param commit makes it true in one transaction: with a kept answer first {@link AnswerStore#keep}, and nothing at
     *     all where that is false, which is its result
     */
    public record Work(Answer answer, Function<Optional<SealedAnswer>, Uni<Boolean>> commit) {}

    /** @param work begins only where there is no answer yet */
    public Uni<Given> once(Optional<RepeatableRequest> request, Uni<Work> work) {
        if (request.isEmpty()) {
            return work.chain(
                    made -> made.commit().apply(Optional.empty()).replaceWith(new Given(made.answer(), false)));
        }
        seal.requireConfigured();
        return againOr(request.get(), first(request.get(), work));
    }

    private Uni<Given> againOr(RepeatableRequest request, Uni<Given> otherwise) {
        return store.find(request, now())
                .chain(kept -> kept.map(answer -> again(request, answer)).orElse(otherwise));
    }

    private Uni<Given> first(RepeatableRequest request, Uni<Work> work) {
        return work.chain(made -> crypto.runAdmitted(() -> seal.seal(made.answer(), request))
                        .map(bytes -> new SealedAnswer(request, seal.keyId(), bytes, now()))
                        .chain(kept -> made.commit().apply(Optional.of(kept)))
                        .chain(done -> done
                                ? Uni.createFrom().item(new Given(made.answer(), false))
                                : againOr(request, Uni.createFrom().failure(RepeatedRequests::vanished))))
                // Its twin was first, and took the last place of the client's quota.
                .onFailure(ApiException.class)
                .recoverWithUni(refusal -> againOr(request, Uni.createFrom().failure(refusal)));
    }

    private Uni<Given> again(RepeatableRequest request, SealedAnswer kept) {
        if (!Arrays.equals(request.sha256(), kept.request().sha256())) {
            throw ApiException.unprocessable(
                    "idempotency-key-reused", "this Idempotency-Key was used for another request in the last 24 hours");
        }
        return crypto.run(() -> seal.open(kept)).map(answer -> new Given(answer, true));
    }

    private static RuntimeException vanished() {
        return new IllegalStateException("an answer that was in the way a moment ago is not there");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    void removeOldOnes(@Observes StartupEvent started, Schedule schedule) {
        schedule.every("the removal of old answers", REMOVAL, REMOVAL, this::removeOldOnes);
    }

    private Uni<Void> removeOldOnes() {
        return store.removeOld(clock.instant())
                .chain(removed -> removed == 0 ? Uni.createFrom().voidItem() : removeOldOnes());
    }
}
