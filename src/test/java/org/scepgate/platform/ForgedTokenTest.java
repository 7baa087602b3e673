package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jose4j.jws.AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384;
import static org.jose4j.jws.AlgorithmIdentifiers.EDDSA;
import static org.jose4j.jws.AlgorithmIdentifiers.HMAC_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_PSS_USING_SHA512;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA384;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA512;
import static org.scepgate.testing.TestIssuer.generateEc;
import static org.scepgate.testing.TestIssuer.generateRsa;
import static org.scepgate.testing.TestIssuer.serialized;
import static org.scepgate.testing.TestIssuer.sign;

import io.quarkus.security.AuthenticationFailedException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Two issuers are trusted, each for its own tokens. */
class ForgedTokenTest {
    private static final String OURS = "https://ours.example/";
    private static final String OTHERS = "https://other.example/";
    private static final PublicJsonWebKey RSA = generateRsa("rsa");
    private static final PublicJsonWebKey EC = generateEc("ec");
    private static final PublicJsonWebKey P384 = generateP384();
    private static final PublicJsonWebKey OTHER = generateRsa("rsa");
    private static final PublicJsonWebKey STRANGER = generateRsa("rsa");

    private static final ClientTokens TOKENS = new KnownIssuers()
            .with("ours", OURS, RSA, EC, P384)
            .set("ours", "audiences", "scepgate,second")
            .with("other", OTHERS, OTHER)
            .tokens();

    @TestFactory
    Stream<DynamicTest> acceptsWhatItsIssuerSigned() {
        return Stream.of(
                accepted("RS256", changed(claims -> {})),
                accepted("ES256", sign(good(), ECDSA_USING_P256_CURVE_AND_SHA256, EC)),
                accepted("the other issuer's own", sign(of(OTHERS), RSA_USING_SHA256, OTHER)),
                accepted("audience as text", changed(claims -> claims.setAudience("second"))),
                accepted("audience in a list", changed(claims -> claims.setAudience("x", "scepgate"))),
                accepted("without kid where one key fits", withHeader(EC, jws -> {
                    jws.setAlgorithmHeaderValue(ECDSA_USING_P256_CURVE_AND_SHA256);
                    jws.setKey(EC.getPrivateKey());
                })));
    }

    @TestFactory
    Stream<DynamicTest> acceptsTheAlgorithmsThatAreConfigured() throws JoseException {
        PublicJsonWebKey edwards = OkpJwkGenerator.generateJwk("Ed25519");
        edwards.setKeyId("ed");
        ClientTokens wide = new KnownIssuers()
                .with("ours", OURS, RSA, P384, edwards)
                .set("ours", "algorithms", "RS384,PS512,ES384,EdDSA")
                .tokens();
        return Stream.of(
                        sign(good(), RSA_USING_SHA384, RSA),
                        sign(good(), RSA_PSS_USING_SHA512, RSA),
                        sign(good(), ECDSA_USING_P384_CURVE_AND_SHA384, P384),
                        sign(good(), EDDSA, edwards))
                .map(token -> DynamicTest.dynamicTest(
                        header(token),
                        () -> assertThat(wide.principalOf(token)
                                        .await()
                                        .indefinitely()
                                        .getName())
                                .isEqualTo("ours::mdm")));
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongClaims() {
        return Stream.of(
                refused("expired", changed(claims -> claims.setExpirationTime(inSeconds(-31)))),
                refused("never expires", changed(claims -> claims.unsetClaim("exp"))),
                refused("exp is text", changed(claims -> claims.setStringClaim("exp", "2999-01-01"))),
                refused("not valid yet", changed(claims -> claims.setNotBefore(inSeconds(60)))),
                refused("issued in the future", changed(claims -> claims.setIssuedAt(inSeconds(60)))),
                refused("no audience", changed(claims -> claims.unsetClaim("aud"))),
                refused("another audience", changed(claims -> claims.setAudience("scepgate2"))),
                refused("other audiences in a list", changed(claims -> claims.setAudience("a", "b"))),
                refused("empty audience list", changed(claims -> claims.setAudience(List.of()))),
                refused("unknown issuer", changed(claims -> claims.setIssuer("https://evil.example/"))),
                refused("issuer without its slash", changed(claims -> claims.setIssuer("https://ours.example"))),
                refused("no issuer", changed(claims -> claims.unsetClaim("iss"))),
                refused("issuers in a list", changed(claims -> claims.setClaim("iss", List.of(OURS, OTHERS)))),
                refused("no client", changed(claims -> claims.unsetClaim("azp"))),
                refused("client with a line break", changed(claims -> claims.setStringClaim("azp", "mdm\nx"))));
    }

    @TestFactory
    Stream<DynamicTest> refusesTheKeysOfOthers() {
        return Stream.of(
                refused("ours, signed by the other issuer", sign(good(), RSA_USING_SHA256, OTHER)),
                refused("the other's, signed by us", sign(of(OTHERS), RSA_USING_SHA256, RSA)),
                refused("stranger under a known kid", sign(good(), RSA_USING_SHA256, STRANGER)),
                refused("unknown kid", sign(good(), RSA_USING_SHA256, generateRsa("new"))),
                refused("kid of a key of another type", withHeader(RSA, jws -> jws.setKeyIdHeaderValue("ec"))),
                refused("stranger's key in jwk", withHeader(STRANGER, jws -> jws.setJwkHeader(STRANGER))),
                refused(
                        "stranger's keys in jku",
                        withHeader(STRANGER, jws -> jws.setHeader("jku", "http://localhost:1/"))),
                refused(
                        "stranger's key in x5u",
                        withHeader(STRANGER, jws -> jws.setHeader("x5u", "http://localhost:1/"))),
                refused("HS256 with our public key", hmac(RSA.getPublicKey().getEncoded())),
                refused("HS256 with our JWKS", hmac(KnownIssuers.jwks(RSA).getBytes(StandardCharsets.UTF_8))),
                refused(
                        "ES256 with the key of P-384",
                        under("ES256", sign(good(), ECDSA_USING_P384_CURVE_AND_SHA384, P384))),
                refused("ES384, which is not configured", sign(good(), ECDSA_USING_P384_CURVE_AND_SHA384, P384)),
                refused("RS512, which is not configured", sign(good(), RSA_USING_SHA512, RSA)));
    }

    @TestFactory
    Stream<DynamicTest> refusesBrokenTokens() {
        String token = sign(good(), RSA_USING_SHA256, RSA);
        String[] parts = token.split("\\.");
        return Stream.of(
                refused("alg none", encoded("{\"alg\":\"none\"}") + "." + parts[1] + "."),
                refused("alg none with a signature", encoded("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2]),
                refused("alg nOnE", encoded("{\"alg\":\"nOnE\"}") + "." + parts[1] + "."),
                refused("no alg", encoded("{\"kid\":\"rsa\"}") + "." + parts[1] + "." + parts[2]),
                refused("changed claims", parts[0] + "." + encoded(good().toJson()) + "x." + parts[2]),
                refused(
                        "other claims",
                        parts[0] + "." + encoded(of(OURS).toJson().replace("mdm", "root")) + "." + parts[2]),
                refused("changed signature", parts[0] + "." + parts[1] + "." + flipped(parts[2])),
                refused("no signature", parts[0] + "." + parts[1] + "."),
                refused("signature cut short", token.substring(0, token.length() - 8)),
                refused("two parts", parts[0] + "." + parts[1]),
                refused("four parts", token + "." + parts[2]),
                refused("two dots only", ".."),
                refused("nothing", ""),
                refused("no base64", "not.a.token"),
                refused("claims are a list", resigned("[]")),
                refused("claims are no JSON", resigned("hello")),
                refused("a claim twice", resigned(good().toJson().replaceFirst("\\{", "{\"azp\":\"root\","))),
                refused("issuer twice", resigned(good().toJson().replaceFirst("\\{", "{\"iss\":\"" + OTHERS + "\","))),
                refused("huge", resigned("{\"x\":\"" + "x".repeat(2_000_000) + "\"}")),
                refused("deeply nested", resigned("{\"x\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}")),
                refused("a token inside a token", nested(token)),
                refused("unknown crit", withHeader(RSA, jws -> {
                    jws.setKeyIdHeaderValue("rsa");
                    jws.setCriticalHeaderNames("exp");
                    jws.setHeader("exp", "x");
                })),
                refused("b64 is false", unencoded()));
    }

    private static DynamicTest accepted(String name, String token) {
        return DynamicTest.dynamicTest(
                name,
                () -> assertThat(
                                TOKENS.principalOf(token).await().indefinitely().getName())
                        .endsWith("::mdm"));
    }

    private static DynamicTest refused(String name, String token) {
        return DynamicTest.dynamicTest(
                name,
                () -> assertThatThrownBy(() -> TOKENS.principalOf(token).await().indefinitely())
                        .isInstanceOf(AuthenticationFailedException.class)
                        .hasMessage("the token was refused")
                        .hasNoCause());
    }

    private static JwtClaims good() {
        return of(OURS);
    }

    private static JwtClaims of(String issuer) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setAudience("scepgate");
        claims.setStringClaim("azp", "mdm");
        claims.setStringListClaim("roles", Roles.OPERATOR);
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(5);
        return claims;
    }

    private static String changed(Consumer<JwtClaims> change) {
        JwtClaims claims = good();
        change.accept(claims);
        return sign(claims, RSA_USING_SHA256, RSA);
    }

    private static String withHeader(PublicJsonWebKey signer, Consumer<JsonWebSignature> change) {
        return signed(signer, good().toJson(), change);
    }

    private static String resigned(String payload) {
        return signed(RSA, payload, jws -> jws.setKeyIdHeaderValue("rsa"));
    }

    private static String nested(String inner) {
        return signed(RSA, inner, jws -> {
            jws.setKeyIdHeaderValue("rsa");
            jws.setContentTypeHeaderValue("JWT");
        });
    }

    /** RFC 7797: the payload is signed as it stands there, which jose4j does not sign for us. */
    private static String unencoded() {
        String signed = encoded("{\"alg\":\"RS256\",\"kid\":\"rsa\",\"b64\":false,\"crit\":[\"b64\"]}") + "."
                + encoded(good().toJson());
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(RSA.getPrivateKey());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String signed(PublicJsonWebKey signer, String payload, Consumer<JsonWebSignature> change) {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setPayload(payload);
        jws.setAlgorithmHeaderValue(RSA_USING_SHA256);
        jws.setKey(signer.getPrivateKey());
        change.accept(jws);
        return serialized(jws);
    }

    private static String hmac(byte[] secret) {
        return withHeader(RSA, jws -> {
            jws.setAlgorithmHeaderValue(HMAC_SHA256);
            jws.setKey(new HmacKey(secret));
        });
    }

    /** The same token with another algorithm in its header. */
    private static String under(String algorithm, String token) {
        return encoded("{\"alg\":\"" + algorithm + "\",\"kid\":\"p384\"}") + token.substring(token.indexOf('.'));
    }

    private static String flipped(String signature) {
        char first = signature.charAt(0);
        return (first == 'A' ? 'B' : 'A') + signature.substring(1);
    }

    private static String header(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static NumericDate inSeconds(int seconds) {
        NumericDate time = NumericDate.now();
        time.addSeconds(seconds);
        return time;
    }

    private static PublicJsonWebKey generateP384() {
        try {
            PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P384);
            key.setKeyId("p384");
            return key;
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
