package org.scepgate.certificate;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.scepgate.testing.TestIssuer.token;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.challenge.ChallengeApi;
import org.scepgate.platform.Roles;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(ChallengeApi.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class CertificateResourceTest {
    private static final String FIFTY = "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghij";

    /** More than is stored of a name. */
    private static final String LONG = FIFTY + FIFTY + FIFTY + FIFTY + FIFTY;

    private static final String PATH = "/api/v1/certificates";

    @Inject
    Pool database;

    private InventoryRows rows() {
        return new InventoryRows(database);
    }

    @Test
    void showsACertificateOfADevice() {
        UUID challenge = rows().challenge("device-7");
        String serial = rows().add(row -> row.profile("shown")
                .challenge(challenge)
                .subject("CN=Shown,O=Acme")
                .names("dns:shown.acme.example\nip:192.0.2.1"));

        as(Roles.AUDITOR)
                .get(PATH + "/" + serial)
                .then()
                .statusCode(200)
                .body("serial", equalTo(serial))
                .body("ca", equalTo("test"))
                .body("profile", equalTo("shown"))
                .body("deviceId", equalTo("device-7"))
                .body("subject", equalTo("CN=Shown,O=Acme"))
                .body("subjectAltNames", equalTo(List.of("dns:shown.acme.example", "ip:192.0.2.1")))
                .body("challengeId", equalTo(challenge.toString()))
                .body("state", equalTo("VALID"))
                .body("revokedAt", nullValue());
    }

    @Test
    void givesTheCertificateInPemAndDer() {
        String serial = rows().add(row -> row.profile("bytes"));

        byte[] der = as(Roles.AUDITOR)
                .accept("application/pkix-cert")
                .get(PATH + "/" + serial)
                .asByteArray();
        String pem = as(Roles.AUDITOR)
                .accept("application/x-pem-file")
                .get(PATH + "/" + serial)
                .asString();
        String json = given().auth()
                .oauth2(token("op", Roles.AUDITOR))
                .get(PATH + "/" + serial)
                .contentType();

        assertThat(der).isEqualTo(InventoryRows.DER);
        assertThat(pem)
                .isEqualTo("-----BEGIN CERTIFICATE-----\n" + Base64.getEncoder().encodeToString(InventoryRows.DER)
                        + "\n-----END CERTIFICATE-----\n");
        assertThat(json).startsWith("application/json");
        as(Roles.AUDITOR).accept("image/png").get(PATH + "/" + serial).then().statusCode(406);
    }

    @Test
    void wantsTheCaWhereASerialNumberStandsInSeveral() {
        String serial = rows().add(row -> row.profile("twice"));
        rows().add(row -> row.profile("twice").ca("another").serial(serial));

        as(Roles.AUDITOR).get(PATH + "/" + serial).then().statusCode(409).body("code", equalTo("ambiguous-serial"));
        as(Roles.AUDITOR)
                .get(PATH + "/" + serial + "?ca=another")
                .then()
                .statusCode(200)
                .body("ca", equalTo("another"));
        as(Roles.AUDITOR).get(PATH + "?serial=" + serial).then().body("items.ca", equalTo(List.of("another", "test")));
    }

    @ParameterizedTest
    @CsvSource({
        "subject=cn%3Dfound%2Co%3Dacme, 1",
        "subject=CN%3DFound*,           1",
        "subject=Found*,                0",
        "san=FOUND.acme.example,        1",
        "san=found.*,                   1",
        "san=found,                     0",
        "san=192.0.2.44,                1",
        "deviceId=found-device,         1",
        "deviceId=found,                0",
        "ca=test,                       1",
        "ca=missing,                    0",
        "state=VALID,                   1",
        "state=EXPIRED,                 0",
        "expiresAfter=2030-01-01T00:00:00Z&expiresBefore=2099-01-01T00:00:00Z, 1",
        "expiresBefore=2030-01-01T00:00:00%2B01:00, 0",
        "san=%00*,                      0"
    })
    void findsByEachFilter(String filter, int count) {
        String profile = "filter-" + UUID.randomUUID();
        rows().add(row -> row.profile(profile)
                .challenge(rows().challenge("found-device"))
                .subject("CN=Found,O=Acme")
                .names("dns:found.acme.example\nip:192.0.2.44")
                .notAfter(Instant.parse("2050-01-01T00:00:00Z")));

        as(Roles.OPERATOR)
                .urlEncodingEnabled(false)
                .get(PATH + "?profile=" + profile + "&" + filter)
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(count));
    }

    @Test
    void findsALongNameByItsStart() {
        String name = "a".repeat(60) + "." + "b".repeat(60) + "." + "c".repeat(60) + "." + "d".repeat(60) + ".example";
        rows().add(row -> row.profile("long").names("dns:" + name));

        for (String wanted : List.of(name, name + "*", name.substring(0, 100) + "*")) {
            as(Roles.OPERATOR).get(PATH + "?profile=long&san=" + wanted).then().body("items.size()", equalTo(1));
        }
    }

    /** What is stored by the trigger is what the list looks for. */
    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "dns:one.acme.example",
                "dns:one.acme.example\ndns:ONE.acme.example\nip:2001:db8::1",
                "no colon\n:\nuri:urn:x:y",
                "dns:" + LONG + ".acme.example\ndns:" + LONG + ".other.example"
            })
    void storesTheNamesThatAreLookedFor(String names) {
        String subject = "CN=Names " + UUID.randomUUID() + ",OU=" + LONG;
        String serial = rows().add(row -> row.subject(subject).names(names));

        assertThat(names(
                        "select name from certificate_name n join certificate c on c.id = n.certificate_id"
                                + " where encode(c.serial, 'hex') = $1",
                        serial))
                .isNotEmpty()
                .isEqualTo(names(
                        "select certificate_names_of(subject, subject_alt_names) as name from certificate"
                                + " where encode(serial, 'hex') = $1",
                        serial));
    }

    private List<String> names(String query, String serial) {
        List<String> names = new ArrayList<>();
        rows().sql(query, Tuple.of(serial)).forEach(row -> names.add(row.getString(0)));
        Collections.sort(names);
        return names;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serial=xyz",
                "state=valid",
                "expiresBefore=tomorrow",
                "expiresAfter=%2B999999999-01-01T00:00:00Z",
                "limit=0",
                "after=7"
            })
    void refusesAWrongParameter(String parameter) {
        as(Roles.OPERATOR)
                .urlEncodingEnabled(false)
                .get(PATH + "?" + parameter)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-value"))
                .body("field", equalTo(parameter.substring(0, parameter.indexOf('='))));
    }

    @Test
    void listsNewestFirstInPages() {
        List<String> added = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            added.add(0, rows().add(row -> row.profile("paging & more")));
        }

        List<String> seen = inPagesOfTwo("profile=paging%20%26%20more");

        assertThat(seen).isEqualTo(added);
    }

    @Test
    void listsByEndAndByNameInPages() {
        Instant end = Instant.parse("2050-01-01T00:00:00Z");
        List<String> added = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String names = "dns:in-order-%d.example\ndns:IN-order-%d.%d.example".formatted(i, i, i);
            // Two end at the same time.
            Instant its = end.plusSeconds(i == 4 ? 3 : i);
            added.add(0, rows().add(row -> row.profile("order").names(names).notAfter(its)));
        }

        for (String query : List.of("state=VALID", "expiresAfter=2049-12-31T00:00:00Z", "san=in-order-*")) {
            assertThat(inPagesOfTwo("profile=order&" + query)).as(query).isEqualTo(added);
        }
        as(Roles.OPERATOR)
                .get(PATH + "?san=in-order-*&after=" + UUID.randomUUID())
                .then()
                .statusCode(400)
                .body("field", equalTo("after"));
    }

    @Test
    void goesOnWhereASearchStopped() {
        String serial = rows().add(row -> row.profile("revoked all").notAfter(Instant.parse("2049-01-01T00:00:00Z")));
        rows().sql("""
                        insert into certificate (id, ca, serial, profile, subject, spki_sha256, request_sha256,
                            not_before, not_after, der, issued_at, revoked_at, revocation_reason)
                        select time_ordered_id(now()), 'test', decode('6e' || lpad(to_hex(i), 8, '0'), 'hex'), $1,
                               'CN=revoked', repeat('5', 64), repeat('7', 64), now(),
                               timestamptz '2050-01-01' + i * interval '1 second', decode('3000', 'hex'), now(), now(), 1
                        from generate_series(1, 1500) as i
                        """, Tuple.of("revoked all"));

        Response page = as(Roles.OPERATOR).queryParam("profile", "revoked all").get(PATH + "?state=VALID");
        Response next = as(Roles.OPERATOR).urlEncodingEnabled(false).get(page.<String>path("next"));

        assertThat(page.<List<String>>path("items.serial")).isEmpty();
        assertThat(next.<List<String>>path("items.serial")).isEqualTo(List.of(serial));
        assertThat(next.<String>path("next")).isNull();
    }

    private static List<String> inPagesOfTwo(String query) {
        List<String> seen = new ArrayList<>();
        Response page = as(Roles.OPERATOR).urlEncodingEnabled(false).get(PATH + "?limit=2&" + query);
        while (page.path("next") != null) {
            assertThat(page.<List<String>>path("items.serial")).hasSize(2);
            seen.addAll(page.path("items.serial"));
            page = as(Roles.OPERATOR).urlEncodingEnabled(false).get(page.<String>path("next"));
        }
        seen.addAll(page.path("items.serial"));
        return seen;
    }

    @Test
    void givesCsvThatNoSpreadsheetRuns() {
        rows().add(row -> row.profile("csv").subject("CN=older"));
        String serial = rows().add(row -> row.profile("csv")
                .subject("=HYPERLINK(\"http://x\",1)")
                .notAfter(Instant.parse("2050-01-01T00:00:00Z")));

        Response page = given().auth()
                .oauth2(token("op", Roles.AUDITOR))
                .accept("text/csv")
                .get(PATH + "?profile=csv&limit=1");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.contentType()).startsWith("text/csv");
        String[] lines = page.asString().split("\r\n");
        assertThat(lines).hasSize(2);
        assertThat(lines[0]).startsWith("serial,ca,profile,deviceId,subject,");
        assertThat(lines[1])
                .startsWith(serial + ",test,csv,,\"'=HYPERLINK(\"\"http://x\"\",1)\",,")
                .contains(",2050-01-01T00:00:00Z,")
                .contains(",VALID,");
        assertThat(page.header("Link")).contains("/api/v1/certificates?", "after=", "rel=\"next\"");
    }

    @Test
    void revokesOnceForTheFirstReason() {
        String serial = rows().add(row -> row.profile("revoked"));

        revoke(serial, "keyCompromise").then().statusCode(200).body("state", equalTo("REVOKED"));
        revoke(serial, "superseded").then().statusCode(200).body("revocationReason", equalTo("keyCompromise"));
        revoke(serial, "certificateHold").then().statusCode(200).body("revocationReason", equalTo("keyCompromise"));
        unhold(serial).then().statusCode(409).body("code", equalTo("certificate-revoked"));

        assertThat(rows().events("certificate/" + serial))
                .containsExactly("certificate.revoked op success keyCompromise");
        as(Roles.OPERATOR)
                .get(PATH + "?profile=revoked&state=REVOKED")
                .then()
                .body("items.serial", equalTo(List.of(serial)));
    }

    @Test
    void takesACertificateFromHoldAndFromHoldToTheEnd() {
        String serial = rows().add(row -> row.profile("held"));

        revoke(serial, "certificateHold").then().statusCode(200).body("state", equalTo("ON_HOLD"));
        as(Roles.OPERATOR).get(PATH + "?profile=held&state=ON_HOLD").then().body("items.size()", equalTo(1));
        unhold(serial).then().statusCode(200).body("state", equalTo("VALID")).body("revokedAt", nullValue());
        unhold(serial).then().statusCode(200).body("state", equalTo("VALID"));
        revoke(serial, "certificateHold").then().statusCode(200);
        revoke(serial, "cessationOfOperation").then().statusCode(200).body("state", equalTo("REVOKED"));

        assertThat(rows().events("certificate/" + serial))
                .containsExactly(
                        "certificate.revoked op success certificateHold",
                        "certificate.unheld op success certificateHold",
                        "certificate.revoked op success certificateHold",
                        "certificate.revoked op success cessationOfOperation");
    }

    @Test
    void revokesAllOfALostDevice() {
        UUID open = rows().challenge("lost");
        UUID spent = rows().challenge("lost");
        String first = rows().add(row -> row.profile("lost").challenge(spent));
        String renewed = rows().add(row -> row.profile("lost").renews(first));
        String expired = rows().add(row ->
                row.profile("lost").renews(first).notAfter(Instant.now().minusSeconds(60)));
        rows().add(row -> row.profile("lost").challenge(rows().challenge("other")));
        String body = "{\"deviceId\": \"lost\", \"reason\": \"keyCompromise\", \"comment\": \"in a train\"}";

        List<String> revoked = as(Roles.OPERATOR)
                .body(body)
                .post(PATH + "/revoke")
                .then()
                .statusCode(200)
                .body("challengesCancelled", equalTo(2))
                .extract()
                .path("revoked");

        assertThat(revoked).containsExactlyInAnyOrder(first, renewed);
        assertThat(expired).isNotIn(revoked);
        assertThat(rows().events("challenge/" + open)).containsExactly("challenge.cancelled op success null");
        as(Roles.OPERATOR)
                .body(body)
                .post(PATH + "/revoke")
                .then()
                .statusCode(200)
                .body("revoked.size()", equalTo(0))
                .body("challengesCancelled", equalTo(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                                      | malformed-json | ",
                "{}                                                      | missing-field  | reason",
                "{\"reason\": \"removeFromCRL\"}                         | invalid-value  | reason",
                "{\"reason\": 1}                                         | wrong-type     | reason",
                "{\"reason\": \"superseded\", \"comment\": \"a\\u0000\"} | invalid-value  | comment",
                "{\"reason\": \"superseded\", \"why\": \"x\"}            | unknown-field  | why"
            })
    void refusesAWrongOrder(String body, String code, String field) {
        String serial = rows().add(row -> row.profile("orders"));

        as(Roles.OPERATOR)
                .body(body)
                .post(PATH + "/" + serial + "/revoke")
                .then()
                .statusCode(400)
                .body("code", equalTo(code))
                .body("field", equalTo(field));
        as(Roles.OPERATOR).get(PATH + "/" + serial).then().body("state", equalTo("VALID"));
    }

    @Test
    void letsOperatorsRevokeAuditorsLookAndOthersNothing() {
        String serial = rows().add(row -> row.profile("roles"));
        String body = "{\"reason\": \"superseded\"}";

        given().get(PATH).then().statusCode(401);
        as(Roles.CHALLENGE_ISSUER).get(PATH).then().statusCode(403);
        as(Roles.CHALLENGE_ISSUER).get(PATH + "/" + serial).then().statusCode(403);
        for (String role : List.of(Roles.AUDITOR, Roles.CHALLENGE_ISSUER)) {
            as(role).body(body).post(PATH + "/" + serial + "/revoke").then().statusCode(403);
            as(role).body("{}").post(PATH + "/" + serial + "/unhold").then().statusCode(403);
            as(role).body("{\"deviceId\": \"x\", \"reason\": \"superseded\"}")
                    .post(PATH + "/revoke")
                    .then()
                    .statusCode(403);
        }
        for (String unknown : List.of("00ff", "nonsense", "f".repeat(41))) {
            as(Roles.OPERATOR)
                    .get(PATH + "/" + unknown)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("unknown-certificate"));
            as(Roles.OPERATOR)
                    .body(body)
                    .post(PATH + "/" + unknown + "/revoke")
                    .then()
                    .statusCode(404);
        }
    }

    private static Response revoke(String serial, String reason) {
        return as(Roles.OPERATOR).body("{\"reason\": \"" + reason + "\"}").post(PATH + "/" + serial + "/revoke");
    }

    private static Response unhold(String serial) {
        return as(Roles.OPERATOR).body("{\"comment\": \"found\"}").post(PATH + "/" + serial + "/unhold");
    }

    private static RequestSpecification as(String role) {
        return given().contentType(ContentType.JSON).auth().oauth2(token("op", role));
    }
}
