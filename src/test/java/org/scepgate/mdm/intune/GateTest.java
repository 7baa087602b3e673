package org.scepgate.mdm.intune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scepgate.platform.UnavailableException;

class GateTest {
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final InstantSource source = () -> now;
    private final Clock clock = source.withZone(ZoneOffset.UTC);
    private final AtomicInteger calls = new AtomicInteger();
    private final Gate gate = new Gate("Intune", TestSettings.intune("http://127.0.0.1:1"), clock);

    private String pass() {
        return pass(() -> Uni.createFrom().item("yes"));
    }

    private String pass(Supplier<Uni<String>> call) {
        return gate.pass(() -> {
                    calls.incrementAndGet();
                    return call.get();
                })
                .await()
                .indefinitely();
    }

    private UnavailableException fail(Optional<Integer> retryAfter) {
        return fail(new IntuneException(IntuneException.Kind.HTTP_ERROR, "500", retryAfter));
    }

    private UnavailableException fail(IntuneException failure) {
        try {
            pass(() -> Uni.createFrom().failure(failure));
            throw new AssertionError("it did not fail");
        } catch (UnavailableException expected) {
            return expected;
        }
    }

    @Test
    void asksNoMoreAfterSeveralFailuresInARowAndThenTriesOnce() {
        fail(Optional.empty());
        fail(Optional.empty());
        assertThat(gate.isBroken()).isFalse();
        assertThat(fail(Optional.empty()).retryAfterSeconds()).isBetween(30, 31);
        assertThat(gate.isBroken()).isTrue();

        assertThatThrownBy(this::pass).isInstanceOf(UnavailableException.class);
        assertThat(calls).hasValue(3);

        now = now.plus(Duration.ofSeconds(31));
        fail(Optional.empty());
        assertThatThrownBy(this::pass).isInstanceOf(UnavailableException.class);
        assertThat(calls).hasValue(4);

        now = now.plus(Duration.ofSeconds(31));
        assertThat(pass()).isEqualTo("yes");
        assertThat(gate.isBroken()).isFalse();
        assertThat(pass()).isEqualTo("yes");
    }

    @Test
    void letsOneAloneTryWhileItIsBroken() {
        for (int i = 0; i < 3; i++) {
            fail(Optional.empty());
        }
        now = now.plus(Duration.ofSeconds(31));
        List<UniEmitter<? super String>> waiting = new ArrayList<>();
        gate.pass(() -> Uni.createFrom().<String>emitter(waiting::add))
                .subscribe()
                .with(done -> {});

        assertThatThrownBy(this::pass).isInstanceOf(UnavailableException.class);

        waiting.get(0).complete("yes");
        assertThat(pass()).isEqualTo("yes");
    }

    @Test
    void aStragglerThatFailsLetsNobodyInBesideTheOneThatTries() {
        List<UniEmitter<? super String>> waiting = new ArrayList<>();
        Uni<String> slow = gate.pass(() -> Uni.createFrom().<String>emitter(waiting::add));
        slow.subscribe().with(done -> {}, refused -> {});
        for (int i = 0; i < 3; i++) {
            fail(Optional.empty());
        }
        now = now.plus(Duration.ofSeconds(31));
        slow.subscribe().with(done -> {}, refused -> {});
        waiting.get(0).fail(new IntuneException(IntuneException.Kind.TIMED_OUT, "late"));
        now = now.plus(Duration.ofSeconds(31));

        assertThatThrownBy(this::pass).isInstanceOf(UnavailableException.class).hasMessageContaining("does not answer");

        waiting.get(1).complete("yes");
        assertThat(pass()).isEqualTo("yes");
    }

    @ParameterizedTest
    @EnumSource(
            value = IntuneException.Kind.class,
            names = {"REJECTED", "UNCLEAR"})
    void staysOpenWhereTheFaultIsTheRequests(IntuneException.Kind kind) {
        for (int i = 0; i < 10; i++) {
            assertThat(fail(new IntuneException(kind, "odd", Optional.of(120))).retryAfterSeconds())
                    .isEqualTo(2);
        }

        assertThat(gate.isBroken()).isFalse();
        assertThat(pass()).isEqualTo("yes");
    }

    @Test
    void aSuccessForgetsTheFailuresBefore() {
        fail(Optional.empty());
        fail(Optional.empty());
        pass();
        fail(Optional.empty());
        fail(Optional.empty());

        assertThat(gate.isBroken()).isFalse();
        assertThat(pass()).isEqualTo("yes");
    }

    @Test
    void comesBackWhenTheServiceSaid() {
        assertThat(fail(Optional.of(120)).retryAfterSeconds()).isBetween(120, 121);
        assertThatThrownBy(this::pass).isInstanceOf(UnavailableException.class);

        now = now.plus(Duration.ofSeconds(121));

        assertThat(pass()).isEqualTo("yes");
    }

    @Test
    void turnsAwayWhatIsTooMuchAtOnce() {
        List<UniEmitter<? super String>> waiting = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            gate.pass(() -> Uni.createFrom().<String>emitter(waiting::add))
                    .subscribe()
                    .with(done -> {});
        }

        assertThatThrownBy(this::pass).isInstanceOf(UnavailableException.class).hasMessageContaining("too many");

        waiting.get(0).complete("done");
        assertThat(pass()).isEqualTo("yes");
    }

    @Test
    void tellsTheDeviceNothingOfTheFailure() {
        assertThat(fail(Optional.empty())).hasMessage("Intune cannot be asked now");
    }
}
