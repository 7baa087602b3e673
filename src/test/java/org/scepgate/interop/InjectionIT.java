package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.Soak;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** Texts that are code somewhere, wherever a stranger can write one: they stay texts. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InjectionIT {
    private static final String TEXTS = "org.scepgate.interop.HostileTexts#";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** RFC 4180: what stands in quotes may hold commas, and quotes twice. */
    private static final Pattern FIELD = Pattern.compile("(?:^|\\G,)(?:\"((?:[^\"]|\"\")*)\"|([^,]*))");

    private final Scepgate scepgate;
    private ServerProcess server;
    private TestDevice device;
    private int tried;

    InjectionIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    /** Its log is text; that of the shared server is JSON. */
    @BeforeAll
    void starts() {
        server = scepgate.startPeer(settings -> settings.with("quarkus.log.console.json.enabled", "false"));
        device = TestDevice.withRsaKey(server.endpoint(Scepgate.DEMO));
    }

    @AfterAll
    void stops() {
        Soak.report(
                "R15 injection: %d texts in names, challenges, transactionIDs, JSON and queries stayed texts", tried);
        server.close();
    }

    @ParameterizedTest
    @MethodSource(TEXTS + "visible")
    void certifiesATextAsItIsAndShowsItSo(String text) throws SQLException {
        long rows = rows();
        String id = text + " " + UUID.randomUUID();
        X500Name name = commonName(text);
        ObjectNode wish = TestMdm.wish(Scepgate.DEMO, "CN=" + escaped(text));
        wish.put("deviceId", id);
        TestMdm.Challenge challenge = scepgate.mdm(server).challenge(wish);
        int before = server.log().length();

        X509CertificateHolder issued =
                device.enrol(device.csr("CN=replaced", challenge.secret()).subject(name));
        requireOneLineOfAnEnrolment(before);
        JsonNode found = inventory(id);

        assertThat(issued.getSubject()).isEqualTo(name);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).get("deviceId").asText()).isEqualTo(id);
        assertThat(new X500Name(BCStyle.INSTANCE, found.get(0).get("subject").asText()))
                .isEqualTo(name);
        assertThat(rows()).isEqualTo(rows + 1);
        assertThat(csv(id).lines().skip(1).toList()).hasSize(1).allSatisfy(InjectionIT::requireNoFormula);
        tried++;
    }

    @ParameterizedTest
    @MethodSource(TEXTS + "sound")
    void certifiesATextInAlternativeNamesAsItIsAndShowsItSo(String text) throws SQLException {
        long rows = rows();
        String id = "names " + UUID.randomUUID();
        String principal = text.contains("@") ? "x" + text : text + "@acme.example";
        // Which is ASCII, unlike a user principal name.
        String uri = "urn:x:" + text.replaceAll("[^ -~]", "?");
        ObjectNode wish = TestMdm.wish(Scepgate.DEMO, "CN=names.acme.example").put("deviceId", id);
        ObjectNode names = wish.putObject("subjectAltNames");
        names.putArray("upn").add(principal);
        names.putArray("uri").add(uri);
        TestMdm.Challenge challenge = scepgate.mdm(server).challenge(wish);
        TestCsr csr = device.csr("CN=names.acme.example", challenge.secret())
                .upn(principal)
                .uri(uri);
        int before = server.log().length();

        X509CertificateHolder issued = device.enrol(csr);
        requireOneLineOfAnEnrolment(before);

        assertThat(names(issued.getExtensions()))
                .containsExactlyInAnyOrder(names(csr.build().getRequestedExtensions()));
        assertThat(rows()).isEqualTo(rows + 1);
        requireShown(id, "uri:" + uri, "upn:" + principal);
        tried++;
    }

    private void requireShown(String deviceId, String... names) {
        JsonNode found = inventory(deviceId);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).get("subjectAltNames"))
                .extracting(JsonNode::asText)
                .containsExactly(names);
        List<String> lines = csv(deviceId).lines().skip(1).toList();
        assertThat(lines).hasSize(1);
        assertThat(fields(lines.get(0)))
                .contains(String.join(" ", names))
                .noneMatch(field -> field.matches("(?s)[=+@-].*"));
    }

    @ParameterizedTest
    @MethodSource(TEXTS + "all")
    void makesOneEventOfOneRequestWhateverItsNamesAre(String text) throws JsonProcessingException {
        TestDevice other = device.at(scepgate.endpoint(Scepgate.DEMO));
        int before = server.log().length();
        int beforeJson = scepgate.server().log().length();

        CertRep refused = device.send(device.request(
                device.csr("CN=replaced", text).subject(commonName(text)).upn(text)));
        CertRep refusedToo = other.send(other.request(
                other.csr("CN=replaced", text).subject(commonName(text)).upn(text)));

        assertThat(List.of(refused.isSuccess(), refusedToo.isSuccess())).containsOnly(false);
        assertThat(server.linesOfRequestsSince(before))
                .singleElement()
                .asString()
                .containsPattern("action=(enrollment\\.refused|message\\.rejected) outcome=refused")
                .doesNotContain("\u001b", "\u202e", "\u0000");
        List<String> lines = scepgate.server().linesOfRequestsSince(beforeJson);
        assertThat(lines).hasSize(1);
        JsonNode event = JSON.readTree(lines.get(0));
        assertThat(event.get("mdc").get("action").asText()).isIn("enrollment.refused", "message.rejected");
        assertThat(event.get("mdc").get("outcome").asText()).isEqualTo("refused");
        tried++;
    }

    @ParameterizedTest
    @MethodSource(TEXTS + "visible")
    void keepsATransactionIdAsItIs(String text) {
        CertRep answer = device.send(
                device.request(device.csr("CN=transaction", "wrong-challenge")).transactionId(text));

        JsonNode found = scepgate.operator(server).json("/api/v1/transactions?id=" + encoded(text));

        assertThat(answer.transactionId()).isEqualTo(text);
        assertThat(found.get("transactionId").asText()).isEqualTo(text);
        assertThat(found.get("items")).hasSize(1);
        tried++;
    }

    @ParameterizedTest
    @MethodSource(TEXTS + "controls")
    void refusesATransactionIdThatCannotBeSeen(String text) {
        int before = server.log().length();

        HttpResponse<byte[]> answer = device.endpoint()
                .post(device.request(device.csr("CN=transaction", "wrong-challenge"))
                        .transactionId(text)
                        .build());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(server.linesOfRequestsSince(before))
                .singleElement()
                .asString()
                .contains("message.malformed profile=demo");
        tried++;
    }

    @ParameterizedTest
    @MethodSource(TEXTS + "all")
    void looksForNothingButTheTextOfAQuery(String text) throws SQLException {
        long rows = rows();
        for (String filter : List.of("deviceId", "subject", "san", "profile", "ca")) {
            HttpResponse<byte[]> answer =
                    scepgate.operator(server).get("/api/v1/certificates?" + filter + "=" + encoded("no-such" + text));
            assertThat(answer.statusCode()).as(filter).isEqualTo(200);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                    .as(filter)
                    .contains("\"items\":[]");
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        }
        assertThat(rows()).isEqualTo(rows);
        tried++;
    }

    /** A spreadsheet may split at semicolons too, so that what follows one could begin a formula. */
    @Test
    void quotesWhateverASpreadsheetMaySplitAt() {
        String id = "split-" + UUID.randomUUID() + ";=1+1";
        TestMdm.Challenge challenge = scepgate.mdm(server)
                .challenge(TestMdm.wish(Scepgate.DEMO, "CN=split.acme.example").put("deviceId", id));
        device.enrol(device.csr("CN=split.acme.example", challenge.secret()));

        assertThat(csv(id)).contains('"' + id + '"');
    }

    private void requireOneLineOfAnEnrolment(int before) {
        assertThat(server.linesOfRequestsSince(before))
                .singleElement()
                .asString()
                .contains(" action=certificate.issued outcome=success ")
                .doesNotContain("\u202e");
    }

    private JsonNode inventory(String deviceId) {
        return scepgate.operator(server)
                .json("/api/v1/certificates?deviceId=" + encoded(deviceId))
                .get("items");
    }

    private static GeneralName[] names(Extensions extensions) {
        return GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName)
                .getNames();
    }

    private static List<String> fields(String line) {
        return FIELD.matcher(line)
                .results()
                .map(field ->
                        field.group(1) == null ? field.group(2) : field.group(1).replace("\"\"", "\""))
                .toList();
    }

    private static void requireNoFormula(String line) {
        assertThat(line).doesNotContainPattern("(^|,|\")[=+@-]");
    }

    private String csv(String deviceId) {
        HttpRequest request = HttpRequest.newBuilder(
                        server.url().resolve("/api/v1/certificates?deviceId=" + encoded(deviceId)))
                .header("Authorization", "Bearer " + scepgate.identities().token("auditor"))
                .header("Accept", "text/csv")
                .build();
        HttpResponse<byte[]> answer = ScepEndpoint.send(request);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static X500Name commonName(String text) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, new DERUTF8String(text))
                .build();
    }

    /** RFC 4514, section 2.4. */
    private static String escaped(String text) {
        return text.replaceAll("([\\\\\",+<>;=])", "\\\\$1").replaceFirst("^([# ])", "\\\\$1");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private long rows() throws SQLException {
        try (Connection connection = scepgate.database().connect();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from certificate")) {
            count.next();
            return count.getLong(1);
        }
    }
}
