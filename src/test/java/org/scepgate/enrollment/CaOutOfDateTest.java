package org.scepgate.enrollment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestIssuer;
import org.scepgate.testing.TestMdm;

@QuarkusTest
@TestProfile(CaOutOfDateTest.Later.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class CaOutOfDateTest {
    private static volatile Duration ahead = Duration.ZERO;

    @AfterEach
    void backToNow() {
        ahead = Duration.ZERO;
    }

    @Test
    void answers503OnceTheCertificateOfTheCaHasEnded() {
        URI server = URI.create("http://localhost:" + RestAssured.port + "/");
        TestDevice device = TestDevice.withRsaKey(new ScepEndpoint(server.resolve("/scep/demo")));
        ahead = Duration.ofDays(20 * 365);
        TestMdm.Challenge challenge =
                new TestMdm(server, TestIssuer.token("test-mdm", "challenge-issuer")).challenge("demo", "CN=late");
        byte[] message =
                device.request(device.csr("CN=late", challenge.secret())).build();

        HttpResponse<byte[]> enrolment = new ScepEndpoint(server.resolve("/scep/demo")).post(message);

        assertThat(enrolment.statusCode()).isEqualTo(503);
        assertThat(enrolment.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void isNotReadyOnceNoProfileCanIssue() {
        String check = "checks.find { it.name == 'certificate-authorities' }.";
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body(check + "data.'test.current.ca'", containsString("Z"));

        ahead = Duration.ofDays(20 * 365);

        given().get("/q/health/ready").then().statusCode(503).body(check + "status", equalTo("DOWN"));
    }

    /** A clock that can be put forward. */
    public static class Later implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("scepgate.challenge.pepper", "a pepper that only the tests know");
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(MovingClock.class);
        }
    }

    /** Takes the place of the system's clock. */
    @Alternative
    @Singleton
    public static class MovingClock {
        @Produces
        @Singleton
        Clock moving() {
            return new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Instant instant() {
                    return Instant.now().plus(ahead);
                }
            };
        }
    }
}
