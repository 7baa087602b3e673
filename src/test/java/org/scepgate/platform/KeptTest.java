package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeptTest {
    private final List<UniEmitter<? super String>> fetches = new ArrayList<>();
    private final Kept<String> kept = new Kept<>(() -> Uni.createFrom().emitter(fetches::add), value -> true);

    @Test
    void isFetchedOnceForAllWhoAskMeanwhile() {
        CompletableFuture<String> one = ask(kept.get());
        CompletableFuture<String> other = ask(kept.get());
        fetches.get(0).complete("a");

        assertThat(one.join()).isEqualTo("a");
        assertThat(other.join()).isEqualTo("a");
        assertThat(ask(kept.get()).join()).isEqualTo("a");
        assertThat(fetches).hasSize(1);
    }

    @Test
    void isFetchedAnewForWhomItIsNotGoodEnough() {
        ask(kept.get());
        fetches.get(0).complete("old");

        CompletableFuture<String> answer = ask(kept.get("new"::equals));
        fetches.get(1).complete("new");

        assertThat(answer.join()).isEqualTo("new");
        assertThat(ask(kept.get("new"::equals)).join()).isEqualTo("new");
        assertThat(fetches).hasSize(2);
    }

    @Test
    void isFetchedAgainAfterAFailure() {
        CompletableFuture<String> first = ask(kept.get());
        fetches.get(0).fail(new IllegalStateException("away"));
        CompletableFuture<String> second = ask(kept.get());
        fetches.get(1).complete("a");

        assertThatThrownBy(first::join).hasRootCauseMessage("away");
        assertThat(second.join()).isEqualTo("a");
    }

    @Test
    void givesTheFailureOfASourceThatFailsAtOnce() {
        AtomicInteger calls = new AtomicInteger();
        Kept<String> failing = new Kept<>(
                () -> {
                    throw new IllegalStateException("call " + calls.incrementAndGet());
                },
                value -> true);

        assertThatThrownBy(() -> failing.get().await().indefinitely()).hasMessageContaining("call 1");
        assertThatThrownBy(() -> failing.get().await().indefinitely()).hasMessageContaining("call 2");
    }

    @Test
    void whoGivesUpTakesNothingFromTheOthers() {
        CompletableFuture<String> one = new CompletableFuture<>();
        kept.get().subscribe().with(one::complete).cancel();
        CompletableFuture<String> other = ask(kept.get());
        fetches.get(0).complete("a");

        assertThat(other.join()).isEqualTo("a");
        assertThat(one).isNotDone();
    }

    private static CompletableFuture<String> ask(Uni<String> value) {
        return value.subscribeAsCompletionStage();
    }
}
