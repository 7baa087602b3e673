package org.scepgate.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.scepgate.testing.TestIssuer.token;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.Test;
import org.scepgate.challenge.ChallengeApi;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(DatabaseAwayTest.NoDatabase.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class DatabaseAwayTest {

    @Test
    void asksTheCallerToComeAgain() {
        Response answer = given().contentType(ContentType.JSON)
                .auth()
                .oauth2(token("mdm", Roles.CHALLENGE_ISSUER))
                .body("{\"profile\": \"demo\", \"subject\": \"CN=device-42\"}")
                .post("/api/v1/challenges");

        answer.then()
                .statusCode(503)
                .contentType(Problem.MEDIA_TYPE)
                .header("Retry-After", "5")
                .body("code", equalTo("unavailable"))
                .body("instance", startsWith("urn:uuid:"));
        assertThat(answer.asString()).doesNotContain("localhost", "postgres", "Exception");
    }

    /** RFC 6960 section 2.3 has a word of its own for it. */
    @Test
    void asksWhoAsksForAStatusToComeAgainToo() throws Exception {
        X509CertificateHolder ca =
                new X509CertificateHolder(given().get("/ca/test.cer").asByteArray());
        byte[] request = new OCSPReqBuilder()
                .addRequest(new CertificateID(
                        new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
                        ca,
                        BigInteger.TEN))
                .build()
                .getEncoded();

        Response answer =
                given().contentType("application/ocsp-request").body(request).post("/ocsp/test");

        answer.then().statusCode(200).contentType("application/ocsp-response").header("Cache-Control", "no-store");
        assertThat(new OCSPResp(answer.asByteArray()).getStatus()).isEqualTo(OCSPResp.TRY_LATER);
        given().get("/crl/test.crl").then().statusCode(503).header("Retry-After", "5");
    }

    /** Nobody listens on the discard port. */
    public static class NoDatabase extends ChallengeApi {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("quarkus.flyway.migrate-at-start", "false");
            settings.put("quarkus.datasource.reactive.url", "postgresql://localhost:9/none");
            settings.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://localhost:9/none");
            settings.put("quarkus.datasource.username", "none");
            settings.put("quarkus.datasource.password", "none");
            return settings;
        }
    }
}
