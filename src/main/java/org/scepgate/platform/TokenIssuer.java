package org.scepgate.platform;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;

/**
 * An identity provider whose tokens are accepted, and what it takes.
 *
 * @param name what the configuration calls it
 * @param issuer exactly the {@code iss} of its tokens
 */
record TokenIssuer(String name, String issuer, Acceptance acceptance, TokenClaims claims, KeySet keys) {
    private static final int ISSUED_LONG_AGO_IS_FINE = Integer.MAX_VALUE;

    /** Whom a token must be for, how it may be signed, and how far its clock may be off. */
    record Acceptance(List<String> audiences, Set<String> algorithms, Duration clockSkew) {
        Acceptance {
            audiences = List.copyOf(audiences);
            algorithms = Set.copyOf(algorithms);
        }
    }

    /** A fixed list: neither "none" nor HMAC, for which a public key would be a secret that all know. */
    boolean signsWith(String algorithm) {
        return algorithm != null && acceptance.algorithms().contains(algorithm);
    }

    /** Of a token that was read but not believed yet: its claims, if one of these keys signed it and all else holds. */
    JwtClaims accept(JwtContext read, List<JsonWebKey> candidates) throws InvalidJwtException {
        int skew = Math.toIntExact(acceptance.clockSkew().toSeconds());
        new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(algorithms())
                // Chooses by algorithm and kid; what a token says of key addresses (jku, x5u, jwk) plays no part.
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(candidates))
                .setExpectedIssuer(true, issuer)
                .setExpectedAudience(true, acceptance.audiences().toArray(String[]::new))
                .setRequireExpirationTime()
                // The clock skew is added to both.
                .setIssuedAtRestrictions(0, ISSUED_LONG_AGO_IS_FINE)
                .setAllowedClockSkewInSeconds(skew)
                .build()
                .processContext(read);
        return read.getJwtClaims();
    }

    AlgorithmConstraints algorithms() {
        return new AlgorithmConstraints(
                ConstraintType.PERMIT, acceptance.algorithms().toArray(String[]::new));
    }

    /** What the client of these claims is known by; empty if they name none. */
    Optional<String> callerOf(JwtClaims accepted) {
        return claims.clientOf(accepted).flatMap(client -> CallerId.of(name, client));
    }
}
