package org.scepgate.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.jose4j.jws.AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.HMAC_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_PSS_USING_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA512;
import static org.scepgate.testing.TestIssuer.EC_KEY;
import static org.scepgate.testing.TestIssuer.RSA_KEY;
import static org.scepgate.testing.TestIssuer.claims;
import static org.scepgate.testing.TestIssuer.key;
import static org.scepgate.testing.TestIssuer.serialized;
import static org.scepgate.testing.TestIssuer.sign;
import static org.scepgate.testing.TestIssuer.token;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.scepgate.challenge.ChallengeApi;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(ChallengeApi.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class BearerTokenTest {
    private static final String PATH = "/api/v1/challenges";

    @TestFactory
    Stream<DynamicTest> acceptsTheTokensOfKnownIdentityProviders() {
        return Stream.of(
                accepted("RS256", sign(good(), RSA_USING_SHA256, key(RSA_KEY))),
                accepted("PS256", sign(good(), RSA_PSS_USING_SHA256, key(RSA_KEY))),
                accepted("ES256", sign(good(), ECDSA_USING_P256_CURVE_AND_SHA256, key(EC_KEY))),
                accepted("audience in a list", changed(it -> it.setAudience("x", TestIssuer.AUDIENCE))),
                accepted("second audience of ours", changed(it -> it.setAudience("another"))),
                accepted("Entra ID v1: appid", changed(it -> {
                    it.unsetClaim("azp");
                    it.setStringClaim("appid", "mdm");
                })),
                accepted("Auth0 without azp: sub", changed(it -> {
                    it.unsetClaim("azp");
                    it.setSubject("mdm@clients");
                })),
                accepted("roles as one string", changed(it -> it.setStringClaim("roles", Roles.AUDITOR))),
                accepted("groups", changed(it -> {
                    it.unsetClaim("roles");
                    it.setStringListClaim("groups", Roles.AUDITOR);
                })),
                accepted("expired a moment ago, within clock skew", changed(it -> {
                    it.setIssuedAt(inSeconds(-60));
                    it.setExpirationTime(inSeconds(-5));
                })));
    }

    @TestFactory
    Stream<DynamicTest> refusesTokensWithWrongClaims() {
        return Stream.of(
                refused("expired", changed(it -> it.setExpirationTime(inSeconds(-60)))),
                refused("never expires", changed(it -> it.unsetClaim("exp"))),
                refused("exp is text", changed(it -> it.setStringClaim("exp", "tomorrow"))),
                refused("not valid yet", changed(it -> it.setNotBefore(inSeconds(120)))),
                refused("issued in the future", changed(it -> it.setIssuedAt(inSeconds(120)))),
                refused("another issuer", changed(it -> it.setIssuer("https://evil.example/"))),
                refused("issuer without its slash", changed(it -> it.setIssuer("https://issuer.example"))),
                refused("no issuer", changed(it -> it.unsetClaim("iss"))),
                refused("another audience", changed(it -> it.setAudience("somebody-else"))),
                refused("audience that only starts like ours", changed(it -> it.setAudience("scepgate2"))),
                refused("no audience", changed(it -> it.unsetClaim("aud"))),
                refused("names no client", changed(it -> {
                    it.unsetClaim("azp");
                    it.unsetClaim("sub");
                })),
                refused("client id with a line break", changed(it -> {
                    it.setStringClaim("azp", "mdm\naction=x");
                    it.unsetClaim("sub");
                })));
    }

    @TestFactory
    Stream<DynamicTest> refusesTokensThatNobodyTrustedSigned() {
        PublicJsonWebKey stranger = TestIssuer.generateRsa(RSA_KEY);
        PublicJsonWebKey unknown = TestIssuer.generateRsa("unknown");
        return Stream.of(
                refused("no token", ""),
                refused("garbage", "not.a.token"),
                refused("two dots only", ".."),
                refused("as long as a header may be", "x.".repeat(7_500)),
                refused("alg none", encoded("{\"alg\":\"none\"}") + "." + encoded(good().toJson()) + "."),
                refused("alg None", encoded("{\"alg\":\"None\"}") + "." + encoded(good().toJson()) + "."),
                refused("HS256 with the public key in PEM", hmac(pem())),
                refused(
                        "HS256 with the public key in DER",
                        hmac(key(RSA_KEY).getPublicKey().getEncoded())),
                refused("RS512", sign(good(), RSA_USING_SHA512, key(RSA_KEY))),
                refused("signed by a stranger under a known kid", sign(good(), RSA_USING_SHA256, stranger)),
                refused("unknown kid", sign(good(), RSA_USING_SHA256, unknown)),
                refused("EC key named, RSA signature", underKid(EC_KEY, stranger)),
                refused("stranger's key in jwk", withHeader(stranger, jws -> jws.setJwkHeader(stranger))),
                refused(
                        "stranger's keys in jku",
                        withHeader(stranger, jws -> jws.setHeader("jku", "http://localhost:1/"))),
                refused(
                        "stranger's keys in x5u",
                        withHeader(stranger, jws -> jws.setHeader("x5u", "http://localhost:1/"))),
                refused("unknown crit", withHeader(key(RSA_KEY), jws -> {
                    jws.setCriticalHeaderNames("future");
                    jws.setHeader("future", "x");
                })),
                refused("changed after signing", tampered()),
                refused("signature cut off", token("mdm", Roles.AUDITOR).replaceAll("[^.]*$", "")),
                refused("encrypted to us", encrypted()));
    }

    @Test
    void asksForATokenWhereNoneIsGiven() {
        given().get(PATH)
                .then()
                .statusCode(401)
                .contentType(Problem.MEDIA_TYPE)
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("unauthorized"));
        given().auth().preemptive().basic("mdm", "secret").get(PATH).then().statusCode(401);
    }

    @Test
    void forbidsWhatTheRolesDoNotAllow() {
        String onlyScope = changed(it -> {
            it.unsetClaim("roles");
            it.setStringClaim("scp", "challenge-issuer operator auditor");
        });

        for (String token : List.of(token("mdm"), token("mdm", "Auditor"), onlyScope)) {
            given().auth()
                    .oauth2(token)
                    .get(PATH)
                    .then()
                    .statusCode(403)
                    .contentType(Problem.MEDIA_TYPE)
                    .body("code", equalTo("forbidden"));
        }
    }

    private static DynamicTest accepted(String name, String token) {
        return DynamicTest.dynamicTest(
                name, () -> given().auth().oauth2(token).get(PATH).then().statusCode(200));
    }

    private static DynamicTest refused(String name, String token) {
        return DynamicTest.dynamicTest(name, () -> {
            Response answer = given().header("Authorization", "Bearer " + token).get(PATH);

            answer.then()
                    .statusCode(401)
                    .contentType(Problem.MEDIA_TYPE)
                    .header("WWW-Authenticate", "Bearer")
                    .body("code", equalTo("unauthorized"));
            // Which check failed is nothing to tell a forger.
            assertThat(answer.asString()).doesNotContain("exp", "kid", "audience", "issuer");
        });
    }

    private static JwtClaims good() {
        return claims("mdm", Roles.AUDITOR);
    }

    private static String changed(Consumer<JwtClaims> change) {
        JwtClaims claims = good();
        change.accept(claims);
        return sign(claims, RSA_USING_SHA256, key(RSA_KEY));
    }

    private static String withHeader(PublicJsonWebKey signer, Consumer<JsonWebSignature> change) {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setPayload(good().toJson());
        jws.setAlgorithmHeaderValue(RSA_USING_SHA256);
        jws.setKey(signer.getPrivateKey());
        change.accept(jws);
        return serialized(jws);
    }

    private static String underKid(String kid, PublicJsonWebKey signer) {
        return withHeader(signer, jws -> jws.setKeyIdHeaderValue(kid));
    }

    private static String hmac(byte[] secret) {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setPayload(good().toJson());
        jws.setAlgorithmHeaderValue(HMAC_SHA256);
        jws.setKeyIdHeaderValue(RSA_KEY);
        jws.setKey(new HmacKey(secret));
        return serialized(jws);
    }

    private static byte[] pem() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(key(RSA_KEY).getPublicKey().getEncoded());
        return ("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String tampered() {
        String[] parts = token("mdm").split("\\.");
        return parts[0] + "." + encoded(good().toJson()) + "." + parts[2];
    }

    private static String encrypted() {
        try {
            JsonWebEncryption jwe = new JsonWebEncryption();
            jwe.setPayload(good().toJson());
            jwe.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.RSA_OAEP_256);
            jwe.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_128_GCM);
            jwe.setKey(key(RSA_KEY).getPublicKey());
            return jwe.getCompactSerialization();
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static NumericDate inSeconds(int seconds) {
        NumericDate time = NumericDate.now();
        time.addSeconds(seconds);
        return time;
    }
}
