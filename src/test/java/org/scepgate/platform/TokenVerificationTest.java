package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jose4j.jws.AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA256;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scepgate.testing.TestIssuer;

/** What is dear to verify goes to the pool, and what is cheap waits for nobody. */
class TokenVerificationTest {
    private static final String ISSUER = "https://idp.example/";
    private static final PublicJsonWebKey RSA = TestIssuer.generateRsa("rsa");
    private static final PublicJsonWebKey EC = TestIssuer.generateEc("ec");

    private final CryptoPool pool = new CryptoPool(new CryptoPoolTest.Sizes(1, 0), new SimpleMeterRegistry());
    private final ClientTokens tokens =
            new KnownIssuers().with("idp", ISSUER, RSA, EC).tokens(pool);
    private final CountDownLatch busy = new CountDownLatch(1);

    @AfterEach
    void close() {
        busy.countDown();
        pool.close();
    }

    @Test
    void verifiesEllipticCurvesOnThePoolAlone() throws Exception {
        String token = TestIssuer.sign(claims(), ECDSA_USING_P256_CURVE_AND_SHA256, EC);
        CompletableFuture<Boolean> work = fillThePool();

        assertThatThrownBy(() -> tokens.principalOf(token).await().indefinitely())
                .isInstanceOf(UnavailableException.class);

        busy.countDown();
        assertThat(work.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(tokens.principalOf(token).await().indefinitely().getName()).isEqualTo("idp::mdm");
    }

    @Test
    void verifiesRsaThoughThePoolIsFull() {
        String token = TestIssuer.sign(claims(), RSA_USING_SHA256, RSA);
        fillThePool();

        assertThat(tokens.principalOf(token).await().indefinitely().getName()).isEqualTo("idp::mdm");
    }

    private CompletableFuture<Boolean> fillThePool() {
        return pool.run(() -> busy.await(10, TimeUnit.SECONDS)).subscribeAsCompletionStage();
    }

    private static JwtClaims claims() {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(KnownIssuers.AUDIENCE);
        claims.setStringClaim("azp", "mdm");
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(5);
        return claims;
    }
}
