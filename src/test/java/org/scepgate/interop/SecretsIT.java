package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.DatabaseDump;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;

/** What devices write into requests, and what of it may reach the log, the database and the API. */
@ExtendWith(Scepgate.Extension.class)
class SecretsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUBJECT = "CN=secrets.acme.example";

    private final Scepgate scepgate;
    private final ScepEndpoint endpoint;
    private final TestDevice device;

    SecretsIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.endpoint = scepgate.endpoint(Scepgate.DEMO);
        this.device = TestDevice.withRsaKey(endpoint);
    }

    @Test
    void keepsAChallengeThatShowsUpElsewhereOutOfLogDatabaseAndApi() {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        String secret = challenge.secret();
        String hex = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.US_ASCII));
        String steps = "secrets-steps";

        device.send(device.request(device.csr("CN=" + secret, secret)).transactionId(steps));
        device.send(device.request(device.csr("CN=x" + hex + "y", secret)).transactionId(steps));
        device.send(device.request(
                        device.csr(SUBJECT, secret).dns(secret + ".example").email(secret + "@acme.example"))
                .transactionId(steps));
        CertRep issued = device.send(device.request(device.csr(SUBJECT, secret)).transactionId(secret));

        assertThat(issued.isSuccess()).isTrue();
        assertThat(scepgate.operator().steps(steps)).hasSize(3);
        for (String shown : List.of(
                scepgate.server().log(),
                DatabaseDump.of(scepgate.database()),
                scepgate.mdm().look(challenge).toString(),
                scepgate.operator().steps(steps).toString())) {
            assertThat(shown.toLowerCase(Locale.ROOT))
                    .doesNotContain(secret.toLowerCase(Locale.ROOT))
                    .doesNotContain(hex);
        }
    }

    /** Whatever becomes of a message: a client mixes two challenges up, and one of them is still good. */
    @Test
    void keepsAnothersChallengeThatIsATransactionIdOutOfLogDatabaseAndApi() {
        TestMdm.Challenge another = scepgate.mdm().challenge(Scepgate.DEMO, "CN=another.acme.example");
        String id = another.secret();
        TestDevice waiting = device.at(scepgate.endpoint(Scepgate.BOTH));
        TestMdm.Challenge held = scepgate.mdm().challenge(Scepgate.BOTH, SUBJECT);
        TestMdm.Challenge own = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        TestCsr csr = device.csr(SUBJECT, own.secret());

        CertRep refused =
                device.send(device.request(device.csr("CN=" + id, own.secret()).dns(id + ".example"))
                        .transactionId(id));
        CertRep unchallenged = device.send(device.request(device.csr(SUBJECT)).transactionId(id));
        X509CertificateHolder issued =
                device.send(device.request(csr).transactionId(id)).issued(device.signer());
        CertRep again = device.send(device.request(csr).transactionId(id));
        TestDevice holder = device.holding(issued);
        CertRep renewed = holder.send(holder.renewal(holder.csr(SUBJECT)).transactionId(id));
        CertRep pending = waiting.send(
                waiting.request(waiting.csr(SUBJECT, held.secret())).transactionId(id));

        assertThat(Stream.of(refused, unchallenged, again, renewed, pending).map(CertRep::pkiStatus))
                .containsExactly("2", "2", "0", "0", "3");
        for (String shown : List.of(
                scepgate.server().log(),
                DatabaseDump.of(scepgate.database()),
                scepgate.mdm().look(own).toString(),
                scepgate.operator().pending(Scepgate.BOTH).toString(),
                scepgate.operator().steps("***").toString())) {
            assertThat(shown.toLowerCase(Locale.ROOT)).doesNotContain(id.toLowerCase(Locale.ROOT));
        }
        assertThat(scepgate.mdm().stateOf(another)).isEqualTo("ISSUED");
    }

    @Test
    void writesOneLineForAMalformedMessageAndNothingOfIt() {
        int before = scepgate.server().log().length();
        HttpRequest request = endpoint.request("operation=PKIOperation&message=%0Aforged")
                .header("User-Agent", "forged agent")
                .POST(BodyPublishers.ofString("\nforged line\n"))
                .build();

        HttpResponse<byte[]> answer = ScepEndpoint.send(request);

        assertThat(answer.statusCode()).isEqualTo(400);
        List<String> lines = scepgate.server().linesOfRequestsSince(before);
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line).doesNotContain("forged");
            assertThat(messageOf(line)).matches("message\\.malformed profile=demo source=\\S+");
        });
    }

    @Test
    void keepsItsLogLinesWholeWhateverNamesADeviceWrites() {
        int before = scepgate.server().log().length();
        String name = "a\r\nforged action=certificate.issued\u2028forged\u0085forged";
        X500NameBuilder subject = new X500NameBuilder().addRDN(BCStyle.CN, new DERUTF8String(name));

        device.send(device.request(device.csr("CN=replaced", "wrong").subject(subject.build())));

        assertThat(scepgate.server().linesOfRequestsSince(before))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(messageOf(line)).doesNotContain("\n", "\r", "\u2028", "\u0085"));
    }

    @Test
    void asksTheDatabaseForAMissingOrUnreadableChallengeAsForAWrongOne() throws SQLException {
        CertRep wrong = deviceWaitsForTheTableOfChallenges(
                device.request(device.csr(SUBJECT, "wrong")).build());
        CertRep missing = deviceWaitsForTheTableOfChallenges(
                device.request(device.csr(SUBJECT)).build());

        CertRep unreadable = deviceWaitsForTheTableOfChallenges(device.request(
                        device.envelope(device.csr(SUBJECT, "wrong").encoded()).wrongKeyPadding())
                .build());

        assertThat(List.of(missing.failInfo(), unreadable.failInfo()))
                .containsOnly(wrong.failInfo())
                .containsOnly(Optional.of("2"));
    }

    /** Else a certificate of ours would let its holder tell which of the envelopes of others can be read (ADR 3). */
    @Test
    void asksForTheCertificateOfTheSignerWhetherItsMessageCanBeReadOrNot() throws SQLException {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        TestDevice holder = device.holding(device.enrol(device.csr(SUBJECT, challenge.secret())));
        byte[] captured = TestCsr.of(TestKeys.rsa())
                .subject(SUBJECT)
                .challenge("another's")
                .encoded();

        Waiting readable = holderWaitsForTheTableOfCertificates(holder, holder.request(holder.envelope(captured)));
        Waiting unreadable = holderWaitsForTheTableOfCertificates(
                holder, holder.request(holder.envelope(captured).wrongContentPadding()));

        assertThat(readable.query()).contains("renewed_serial");
        assertThat(unreadable).isEqualTo(readable);
    }

    /** What a message waits for, and what it is told in the end. */
    private record Waiting(String query, String answer) {}

    private Waiting holderWaitsForTheTableOfCertificates(TestDevice holder, MessageBuilder message)
            throws SQLException {
        try (Connection lock = scepgate.database().connect();
                Statement statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("lock table certificate in access exclusive mode");
            CompletableFuture<CertRep> answer = CompletableFuture.supplyAsync(() -> holder.send(message));
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(waiting("certificate", "c.serial = $2")).hasSize(1));
            String query = waiting("certificate", "c.serial = $2").get(0);
            lock.rollback();
            return new Waiting(query, answer.join().toString());
        }
    }

    /** Of the statements that wait for a table those with this part: the server's own rounds ask for challenges too. */
    private List<String> waiting(String table, String part) throws SQLException {
        try (Connection connection = scepgate.database().connect();
                PreparedStatement statement = connection.prepareStatement(
                        "select query from pg_stat_activity a join pg_locks l using (pid)"
                                + " where not l.granted and l.relation = cast(? as regclass) and strpos(query, ?) > 0")) {
            statement.setString(1, table);
            statement.setString(2, part);
            ResultSet rows = statement.executeQuery();
            List<String> queries = new ArrayList<>();
            while (rows.next()) {
                queries.add(rows.getString(1));
            }
            return queries;
        }
    }

    /** Whoever waits for the lock has asked. */
    private CertRep deviceWaitsForTheTableOfChallenges(byte[] message) throws SQLException {
        try (Connection lock = scepgate.database().connect();
                Statement statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("lock table challenge in access exclusive mode");
            CompletableFuture<HttpResponse<byte[]>> answer =
                    CompletableFuture.supplyAsync(() -> endpoint.post(message));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(waiting("challenge", "c.secret_mac = $1"))
                            .hasSize(1));
            assertThat(answer).isNotDone();
            lock.rollback();
            return device.read(answer.join());
        }
    }

    private static String messageOf(String line) {
        try {
            JsonNode entry = JSON.readTree(line);
            return entry.get("message").asText();
        } catch (JsonProcessingException e) {
            throw new AssertionError("not one whole entry: " + line, e);
        }
    }
}
