package org.scepgate.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** A token issuer with fresh keys, one of each kind, that the server under test trusts. */
public class TestIssuer implements QuarkusTestResourceLifecycleManager {
    public static final String ISSUER = "https://issuer.example/";
    public static final String AUDIENCE = "scepgate";
    public static final String RSA_KEY = "rsa";
    public static final String EC_KEY = "ec";
    private static final String PRIVATE_KEYS = "test.issuer.keys";
    private static final float VALID_MINUTES = 10;

    @Override
    public Map<String, String> start() {
        JsonWebKeySet keys = new JsonWebKeySet(generateRsa(RSA_KEY), generateEc(EC_KEY));
        return Map.of(
                "mp.jwt.verify.issuer",
                ISSUER,
                "mp.jwt.verify.audiences",
                AUDIENCE + ",another",
                "mp.jwt.verify.publickey",
                keys.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY),
                // Resources start in another class loader: the configuration is what tests share with them.
                PRIVATE_KEYS,
                keys.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
    }

    @Override
    public void stop() {
        // Nothing runs.
    }

    public static String token(String client, String... roles) {
        return sign(claims(client, roles), AlgorithmIdentifiers.RSA_USING_SHA256, key(RSA_KEY));
    }

    public static JwtClaims claims(String client, String... roles) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject("subject-of-" + client);
        claims.setStringClaim("azp", client);
        claims.setStringListClaim("roles", List.of(roles));
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(VALID_MINUTES);
        return claims;
    }

    public static PublicJsonWebKey key(String id) {
        try {
            String text = ConfigProvider.getConfig().getValue(PRIVATE_KEYS, String.class);
            return (PublicJsonWebKey) new JsonWebKeySet(text).findJsonWebKey(id, null, null, null);
        } catch (JoseException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    public static String sign(JwtClaims claims, String algorithm, PublicJsonWebKey key) {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setPayload(claims.toJson());
        jws.setAlgorithmHeaderValue(algorithm);
        jws.setKeyIdHeaderValue(key.getKeyId());
        jws.setKey(key.getPrivateKey());
        return serialized(jws);
    }

    public static String serialized(JsonWebSignature jws) {
        try {
            return jws.getCompactSerialization();
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public static PublicJsonWebKey generateRsa(String id) {
        try {
            PublicJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            return key;
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public static PublicJsonWebKey generateEc(String id) {
        try {
            PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(id);
            return key;
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
