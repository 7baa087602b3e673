package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.scepgate.testing.TestIssuer.generateRsa;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.Test;

class RemoteKeySetTest {
    private static final PublicJsonWebKey FIRST = generateRsa("first");
    private static final PublicJsonWebKey SECOND = generateRsa("second");
    private static final PublicJsonWebKey MADE_UP = generateRsa("made-up");

    private Instant now = Instant.parse("2027-01-01T00:00:00Z");
    private CompletableFuture<List<JsonWebKey>> published = CompletableFuture.completedFuture(List.of(FIRST));
    private int fetches;
    private final InstantSource source = () -> now;
    private final RemoteKeySet keys = new RemoteKeySet("idp", this::fetch, source.withZone(ZoneOffset.UTC));

    @Test
    void fetchesOnceForManyTokens() {
        for (int i = 0; i < 5; i++) {
            assertThat(keysFor(FIRST)).containsExactly(FIRST);
        }

        assertThat(fetches).isEqualTo(1);
    }

    @Test
    void findsAKeyThatIsNew() {
        keysFor(FIRST);
        published = CompletableFuture.completedFuture(List.of(FIRST, SECOND));
        now = now.plus(RemoteKeySet.REFETCH_AT_MOST_EVERY);

        assertThat(keysFor(SECOND)).containsExactly(FIRST, SECOND);
        assertThat(fetches).isEqualTo(2);
    }

    @Test
    void forgetsAKeyThatWasTakenBack() {
        keysFor(FIRST);
        published = CompletableFuture.completedFuture(List.of(SECOND));
        now = now.plus(RemoteKeySet.FRESH).plusSeconds(1);

        assertThat(keysFor(FIRST)).containsExactly(SECOND);
    }

    @Test
    void isNotMadeToFetchByMadeUpKeyIds() {
        keysFor(FIRST);

        for (int second = 0; second < 60; second++) {
            assertThat(keysFor(MADE_UP)).containsExactly(FIRST);
            now = now.plusSeconds(1);
        }

        assertThat(fetches).isEqualTo(2);
    }

    @Test
    void keepsKnownKeysForADayWhileTheIssuerIsAway() {
        keysFor(FIRST);
        published = CompletableFuture.failedFuture(new IOException("away"));

        now = now.plus(RemoteKeySet.USABLE);
        assertThat(keysFor(FIRST)).containsExactly(FIRST);

        now = now.plusSeconds(1);
        assertThatThrownBy(() -> keysFor(FIRST)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void saysNotNowWithoutKeysAndTriesAgainAfterAPause() {
        published = CompletableFuture.failedFuture(new IOException("away"));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> keysFor(FIRST))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("token issuer idp");
        }
        assertThat(fetches).isEqualTo(1);

        published = CompletableFuture.completedFuture(List.of(FIRST));
        now = now.plus(RemoteKeySet.RETRY_WITHOUT_KEYS);

        assertThat(keysFor(FIRST)).containsExactly(FIRST);
    }

    @Test
    void oneFetchServesAllWhoWaitAndOutlivesThoseWhoGiveUp() {
        published = new CompletableFuture<>();
        CompletableFuture<List<JsonWebKey>> impatient = waiting(FIRST);
        CompletableFuture<List<JsonWebKey>> patient = waiting(FIRST);

        impatient.cancel(true);
        published.complete(List.of(FIRST));

        assertThat(patient.join()).containsExactly(FIRST);
        assertThat(fetches).isEqualTo(1);
    }

    @Test
    void aFetchAtTheStartWaitsForNobody() {
        published = new CompletableFuture<>();

        keys.prepare();
        published.complete(List.of(FIRST));

        assertThat(keysFor(FIRST)).containsExactly(FIRST);
        assertThat(fetches).isEqualTo(1);
    }

    private CompletableFuture<List<JsonWebKey>> fetch() {
        fetches++;
        return published;
    }

    private List<JsonWebKey> keysFor(PublicJsonWebKey signer) {
        return keys.keysFor(tokenOf(signer)).await().atMost(Duration.ofSeconds(5));
    }

    private CompletableFuture<List<JsonWebKey>> waiting(PublicJsonWebKey signer) {
        return keys.keysFor(tokenOf(signer)).subscribeAsCompletionStage();
    }

    private static JsonWebSignature tokenOf(PublicJsonWebKey signer) {
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        token.setKeyIdHeaderValue(signer.getKeyId());
        return token;
    }

    /** Stands where the test puts it. */
}
