package org.scepgate.enrollment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scepgate.events.QuietEvents;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.MovedClock;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestIssuer;
import org.scepgate.testing.TestMdm;

@QuarkusTest
@TestProfile(QuietEvents.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class CaOutOfDateTest {
    @AfterEach
    void backToNow() {
        MovedClock.putForward(Duration.ZERO);
    }

    @Test
    void answers503OnceTheCertificateOfTheCaHasEnded() {
        URI server = URI.create("http://localhost:" + RestAssured.port + "/");
        TestDevice device = TestDevice.withRsaKey(new ScepEndpoint(server.resolve("/scep/demo")));
        MovedClock.putForward(Duration.ofDays(20 * 365));
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

        MovedClock.putForward(Duration.ofDays(20 * 365));

        given().get("/q/health/ready").then().statusCode(503).body(check + "status", equalTo("DOWN"));
    }
}
