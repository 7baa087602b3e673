package org.scepgate.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.scepgate.challenge.Rows.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scepgate.audit.AuditEvent;
import org.scepgate.platform.TimeOrderedId;
import org.scepgate.policy.Binding;
import org.scepgate.policy.ChallengeState;
import org.scepgate.policy.DistinguishedName;
import org.scepgate.policy.EnrollmentRequest;
import org.scepgate.policy.ExtendedKeyUsage;
import org.scepgate.policy.InvalidNameException;
import org.scepgate.policy.KeyUsage;
import org.scepgate.policy.KnownChallenge;
import org.scepgate.policy.Match;
import org.scepgate.policy.NoChallenge;
import org.scepgate.policy.RequestedAltNames;
import org.scepgate.policy.Rule;
import org.scepgate.policy.SubjectAltNames;
import org.scepgate.policy.UnknownChallenge;
import org.scepgate.policy.Verdict;
import org.scepgate.policy.Violation;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(ChallengeApi.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class ChallengeStoreTest {
    private static final int PARALLEL = 50;

    @Inject
    ChallengeStore store;

    @Inject
    ChallengeVerifier verifier;

    @Inject
    SecretMac mac;

    @Inject
    Rows rows;

    @Test
    void isSpentByExactlyOneOfManyAtOnce() throws Exception {
        UUID id = add(ChallengeSecret.random(new SecureRandom())).id();

        List<Boolean> won = inParallel(i -> await(() -> rows.spend(id, Instant.now())));

        assertThat(won).hasSize(PARALLEL).containsOnlyOnce(true);
    }

    @Test
    void isNeverBothSpentAndCancelled() throws Exception {
        for (int round = 0; round < 10; round++) {
            Challenge challenge = add(ChallengeSecret.random(new SecureRandom()));
            AuditEvent event = event(challenge, Instant.now());

            List<Boolean> won = inParallel(i -> await(() ->
                    i % 2 == 0 ? rows.spend(challenge.id(), Instant.now()) : store.cancel(challenge.id(), event)));

            assertThat(won).containsOnlyOnce(true);
        }
    }

    @Test
    void isNotSpentOnceExpiredCancelledOrLocked() {
        UUID expired = add(ChallengeSecret.random(new SecureRandom())).id();
        rows.expire(expired);
        Challenge cancelled = add(ChallengeSecret.random(new SecureRandom()));
        await(() -> store.cancel(cancelled.id(), event(cancelled, Instant.now())));
        UUID locked = add(ChallengeSecret.random(new SecureRandom())).id();
        await(() -> rows.refuse(locked, refusal(1)));

        assertThat(await(() -> rows.spend(expired, Instant.now()))).isFalse();
        assertThat(await(() -> rows.spend(cancelled.id(), Instant.now()))).isFalse();
        assertThat(await(() -> rows.spend(locked, Instant.now()))).isFalse();
    }

    @Test
    void countsEveryRefusalOfManyAtOnceAndLocksOnce() throws Exception {
        UUID id = add(ChallengeSecret.random(new SecureRandom())).id();

        List<Boolean> locked = inParallel(i -> await(() -> rows.refuse(id, refusal(5))));

        Challenge challenge = await(() -> store.find(id)).orElseThrow();
        assertThat(locked).containsOnlyOnce(true);
        assertThat(challenge.failedAttempts()).isEqualTo(PARALLEL);
        assertThat(challenge.statusAt(Instant.now())).isEqualTo(ChallengeStatus.LOCKED);
        assertThat(await(() -> store.refusalsOf(id))).hasSize(PARALLEL);
    }

    @Test
    void countsButNeverLocksASpentChallenge() {
        UUID id = add(ChallengeSecret.random(new SecureRandom())).id();
        rows.redeem(id, new byte[] {1, 1});

        boolean locked = await(() -> rows.refuse(id, refusal(1)));

        Challenge challenge = await(() -> store.find(id)).orElseThrow();
        assertThat(locked).isFalse();
        assertThat(challenge.failedAttempts()).isEqualTo(1);
        assertThat(challenge.statusAt(Instant.now())).isEqualTo(ChallengeStatus.REDEEMED);
    }

    @Test
    void tellsTheLockOnceAlsoWhenTheLimitWasLowered() {
        UUID id = add(ChallengeSecret.random(new SecureRandom())).id();
        await(() -> rows.refuse(id, refusal(5)));
        await(() -> rows.refuse(id, refusal(5)));

        assertThat(await(() -> rows.refuse(id, refusal(1)))).isTrue();
        assertThat(await(() -> rows.refuse(id, refusal(4)))).isFalse();
    }

    @Test
    void countsButNeverLocksAnExpiredChallenge() {
        UUID id = add(ChallengeSecret.random(new SecureRandom())).id();
        rows.expire(id);

        boolean locked = await(() -> rows.refuse(id, refusal(1)));

        Challenge challenge = await(() -> store.find(id)).orElseThrow();
        assertThat(locked).isFalse();
        assertThat(challenge.failedAttempts()).isEqualTo(1);
        assertThat(challenge.statusAt(Instant.now())).isEqualTo(ChallengeStatus.EXPIRED);
    }

    @Test
    void keepsTheFirstHundredRefusalsOnly() {
        UUID id = add(ChallengeSecret.random(new SecureRandom())).id();

        for (int i = 0; i < 102; i++) {
            await(() -> rows.refuse(id, refusal(5)));
        }

        assertThat(await(() -> store.find(id)).orElseThrow().failedAttempts()).isEqualTo(102);
        assertThat(await(() -> store.refusalsOf(id))).hasSize(100);
    }

    @Test
    void doesNotLetTheDatabaseHoldTwoCertificatesOfOneChallenge() {
        UUID id = add(ChallengeSecret.random(new SecureRandom())).id();
        rows.redeem(id, new byte[] {2, 1});

        assertThatThrownBy(() -> await(() -> rows.certify(id, new byte[] {2, 2})))
                .hasMessageContaining("certificate_challenge_id_key");
    }

    @Test
    void doesNotLetAnAuditEventBeChangedOrRemoved() {
        add(ChallengeSecret.random(new SecureRandom()));

        for (String change :
                List.of("update audit_event set actor = 'nobody'", "delete from audit_event", "truncate audit_event")) {
            assertThatThrownBy(() -> rows.sql(change, Tuple.tuple())).hasMessageContaining("append-only");
        }
    }

    @Test
    void verifiesAnOpenChallengeWithItsWholeBinding() {
        ChallengeSecret secret = ChallengeSecret.random(new SecureRandom());
        Challenge challenge = add(secret);

        KnownChallenge known = known(secret);

        assertThat(known.challengeId()).isEqualTo(challenge.id());
        assertThat(known.expiresAt()).isEqualTo(challenge.expiresAt());
        assertThat(known.state()).isInstanceOf(ChallengeState.Open.class);
        assertThat(BindingJson.textsOf(known.binding())).isEqualTo(BindingJson.textsOf(binding()));
        assertThat(known.binding().profile()).isEqualTo("demo");
    }

    @Test
    void verifiesASpentChallengeWithWhatItWasSpentOn() {
        ChallengeSecret secret = ChallengeSecret.random(new SecureRandom());
        Challenge challenge = add(secret);
        rows.redeem(challenge.id(), new byte[] {3, 1});

        ChallengeState.Spent spent = (ChallengeState.Spent) known(secret).state();

        assertThat(spent.spkiSha256()).isEqualTo(Rows.SPKI);
        assertThat(spent.requestSha256()).isEqualTo(Rows.REQUEST);
        assertThat(spent.certificate()).isEqualTo(Rows.DER);
        assertThat(spent.at()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(spent.certificateNotAfter()).isAfter(Instant.now().plus(Duration.ofDays(364)));
        assertThat(spent.revoked()).isFalse();
    }

    @Test
    void verifiesLockedAndCancelledOnesAsSuch() {
        ChallengeSecret locked = ChallengeSecret.random(new SecureRandom());
        UUID lockedId = add(locked).id();
        await(() -> rows.refuse(lockedId, refusal(1)));
        ChallengeSecret cancelled = ChallengeSecret.random(new SecureRandom());
        Challenge takenBack = add(cancelled);
        await(() -> store.cancel(takenBack.id(), event(takenBack, Instant.now())));

        assertThat(known(locked).state()).isInstanceOf(ChallengeState.Locked.class);
        assertThat(known(cancelled).state()).isInstanceOf(ChallengeState.Cancelled.class);
    }

    @Test
    void tellsNoChallengeFromAnUnknownOne() {
        add(ChallengeSecret.random(new SecureRandom()));

        assertThat(verdict(Optional.empty())).isInstanceOf(NoChallenge.class);
        assertThat(verdict(Optional.of(""))).isInstanceOf(NoChallenge.class);
        assertThat(verdict(Optional.of("guess"))).isInstanceOf(UnknownChallenge.class);
        assertThat(verdict(Optional.of("x".repeat(4096)))).isInstanceOf(UnknownChallenge.class);
    }

    private KnownChallenge known(ChallengeSecret secret) {
        return (KnownChallenge) verdict(Optional.of(secret.value()));
    }

    private Verdict verdict(Optional<String> password) {
        EnrollmentRequest request = new EnrollmentRequest(
                org.scepgate.testing.TestProfile.named("demo").build(), null, true, Optional.empty());
        return await(() -> verifier.verify(request, new PresentedChallenge(password, "192.0.2.1")));
    }

    private Challenge add(ChallengeSecret secret) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Challenge challenge = new Challenge(
                TimeOrderedId.at(now),
                binding(),
                Optional.of("42"),
                "mdm",
                now,
                now.plusSeconds(3600),
                Challenge.Progress.NONE,
                0,
                Optional.empty(),
                Challenge.Succession.NONE);
        ChallengeDraft draft = new ChallengeDraft(
                new IssuedChallenge(challenge, secret, null), mac.of(secret.value()), event(challenge, now));
        await(() -> store.add(draft, Optional.empty()));
        return challenge;
    }

    private static Binding binding() {
        try {
            return new Binding(
                    "demo",
                    DistinguishedName.parse("CN=device-42+SERIALNUMBER=7,OU=A\\,B,CN=ünï,O=Acme"),
                    SubjectAltNames.of(new RequestedAltNames(
                            List.of("a.acme.example"),
                            List.of("a@acme.example"),
                            List.of("urn:device:42"),
                            List.of("192.0.2.1", "2001:db8::1"),
                            List.of("a@acme.local"))),
                    Match.SUBSET,
                    Optional.of("c".repeat(64)),
                    Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT),
                    List.of(ExtendedKeyUsage.parse("1.2.3.4"), ExtendedKeyUsage.parse("clientAuth")),
                    Duration.ofDays(30));
        } catch (InvalidNameException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Refusal refusal(int limit) {
        Violation violation = new Violation(Rule.SUBJECT_MISMATCH, "CN=device-42", "CN=device-43");
        return new Refusal(Instant.now(), List.of(violation), limit, null, "txn");
    }

    private static AuditEvent event(Challenge challenge, Instant at) {
        return new AuditEvent(at, "mdm", null, "test", "challenge/" + challenge.id(), "success", null, Map.of());
    }

    private static <T> List<T> inParallel(IntFunction<T> work) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(PARALLEL);
        try {
            List<Callable<T>> all = IntStream.range(0, PARALLEL)
                    .mapToObj(i -> (Callable<T>) () -> work.apply(i))
                    .toList();
            List<Future<T>> done = callers.invokeAll(all);
            List<T> results = new ArrayList<>();
            for (Future<T> result : done) {
                results.add(result.get());
            }
            return results;
        } finally {
            callers.shutdownNow();
        }
    }
}
