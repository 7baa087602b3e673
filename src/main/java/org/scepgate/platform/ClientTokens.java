package org.scepgate.platform;

import io.quarkus.runtime.Startup;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/**
 * Decides which bearer tokens are accepted, in place of SmallRye's own factory: that one reads roles from one claim
 * only, takes an {@code iat} of tomorrow, and knows one issuer.
 */
@Startup
@Singleton
@Alternative
@Priority(1)
public class ClientTokens extends JWTCallerPrincipalFactory {
    private static final int CLOCK_SKEW_SECONDS = 30;
    private static final int ISSUED_LONG_AGO_IS_FINE = Integer.MAX_VALUE;
    private static final int RETRY_AFTER_SECONDS = 10;

    private final Optional<JwtConsumer> consumer;

    ClientTokens(
            TrustedKeys keys,
            @ConfigProperty(name = "mp.jwt.verify.issuer") Optional<String> issuer,
            @ConfigProperty(name = "mp.jwt.verify.audiences") Optional<List<String>> audiences) {
        this.consumer = issuer.filter(text -> !text.isBlank())
                .flatMap(exact -> audiences.map(accepted -> consumer(keys, exact, accepted)));
    }

    private static JwtConsumer consumer(TrustedKeys keys, String issuer, List<String> audiences) {
        return new JwtConsumerBuilder()
                // A fixed list: neither "none" nor HMAC, for which a public key would be a secret that all know.
                .setJwsAlgorithmConstraints(
                        ConstraintType.PERMIT,
                        AlgorithmIdentifiers.RSA_USING_SHA256,
                        AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
                        AlgorithmIdentifiers.RSA_PSS_USING_SHA256)
                .setVerificationKeyResolver(keys.resolver())
                .setExpectedIssuer(true, issuer)
                .setExpectedAudience(true, audiences.toArray(String[]::new))
                .setRequireExpirationTime()
                .setIssuedAtRestrictions(CLOCK_SKEW_SECONDS, ISSUED_LONG_AGO_IS_FINE)
                .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                .build();
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo ignored) throws ParseException {
        JwtClaims claims = accepted(token);
        String client = TokenClaims.clientOf(claims).orElseThrow(() -> new ParseException("the token names no client"));
        return new ClientPrincipal(claims, client, TokenClaims.rolesOf(claims));
    }

    private JwtClaims accepted(String token) throws ParseException {
        JwtConsumer configured =
                consumer.orElseThrow(() -> new ParseException("no token issuer and audience are configured"));
        try {
            return configured.processToClaims(token);
        } catch (InvalidJwtException refused) {
            if (isUnreachableIssuer(refused)) {
                throw new UnavailableException("the token issuer's keys cannot be fetched", RETRY_AFTER_SECONDS);
            }
            // Its own message quotes the claims.
            throw new ParseException("the token was refused", refused);
        }
    }

    private static boolean isUnreachableIssuer(Throwable refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }
}
