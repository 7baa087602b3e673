package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestOperator;

/** Requests that wait for a person, from PENDING to the certificate (RFC 8894, 4.4). */
@ExtendWith(Scepgate.Extension.class)
class ApprovalIT {
    private static final String PENDING = "3";
    private static final String BAD_REQUEST = "2";
    private static final String BAD_CERT_ID = "4";

    private final Scepgate scepgate;
    private final TestOperator operator;
    private final TestDevice device;

    ApprovalIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.operator = scepgate.operator();
        this.device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.APPROVAL));
    }

    @Test
    void waitsForAPersonAndGivesTheSameCertificateEveryTime() {
        MessageBuilder request = device.request(device.csr("CN=held-1,O=Acme").dns("held-1.acme.example"));

        CertRep first = device.send(request);
        CertRep polled = device.send(device.poll(request));
        // The RFC 4514 text of what the device has encoded common name first.
        operator.approve(operator.requirePending(Scepgate.APPROVAL, "O=Acme,CN=held-1"));
        X509CertificateHolder issued = device.send(device.poll(request)).issued(device.signer());

        assertThat(first.pkiStatus()).isEqualTo(PENDING);
        assertThat(polled.pkiStatus()).isEqualTo(PENDING);
        CertificateJudge.holdsExactly(issued, "CN=held-1,O=Acme", "held-1.acme.example");
        CertificateJudge.certifies(issued, device.keys().getPublic());
        assertThat(device.send(device.poll(request)).issued(device.signer())).isEqualTo(issued);
        assertThat(device.send(request).issued(device.signer())).isEqualTo(issued);
        MessageBuilder again = device.request(device.csr("CN=held-1,O=Acme").dns("held-1.acme.example"));
        assertThat(device.send(again).issued(device.signer())).isEqualTo(issued);
    }

    @Test
    void failsOnceAPersonHasDenied() {
        MessageBuilder request = device.request(device.csr("CN=held-2"));
        device.send(request);
        String id = operator.requirePending(Scepgate.APPROVAL, "CN=held-2");

        assertThat(operator.deny(id).statusCode()).isEqualTo(200);

        assertThat(device.send(device.poll(request)).failInfo()).contains(BAD_REQUEST);
        assertThat(device.send(request).failInfo()).contains(BAD_REQUEST);
        assertThat(operator.deny(id).statusCode()).isEqualTo(200);
        assertThat(operator.approve(id).statusCode()).isEqualTo(409);
        assertThat(operator.look(id).get("state").asText()).isEqualTo("DENIED");
    }

    @Test
    void answersAPollOnlyToTheKeyThatSignedTheRequest() {
        MessageBuilder request = device.request(device.csr("CN=held-3"));
        device.send(request);
        TestDevice stranger = device.another(TestKeys.rsa());
        TestDevice elsewhere = device.at(scepgate.endpoint(Scepgate.DEMO));

        assertThat(stranger.send(stranger.poll(request)).failInfo()).contains(BAD_CERT_ID);
        assertThat(elsewhere.send(elsewhere.poll(request)).failInfo()).contains(BAD_CERT_ID);
        MessageBuilder unknown = device.request(device.csr("CN=held-3"));
        assertThat(device.send(device.poll(unknown)).failInfo()).contains(BAD_CERT_ID);
    }

    @Test
    void takesTheSameRequestAgainForAPollWhateverItsTransaction() {
        MessageBuilder first = device.request(device.csr("CN=held-4"));
        MessageBuilder second = device.request(device.csr("CN=held-4"));

        assertThat(device.send(first).pkiStatus()).isEqualTo(PENDING);
        assertThat(device.send(second).pkiStatus()).isEqualTo(PENDING);

        assertThat(operator.pending(Scepgate.APPROVAL).stream()
                        .filter(held -> held.get("subject").asText().equals("CN=held-4")))
                .hasSize(1);
        operator.approve(operator.requirePending(Scepgate.APPROVAL, "CN=held-4"));
        X509CertificateHolder issued = device.send(device.poll(first)).issued(device.signer());
        assertThat(device.send(device.poll(second)).issued(device.signer())).isEqualTo(issued);
    }

    @Test
    void keepsTransactionsOfOneClientApart() {
        MessageBuilder wanted = device.request(device.csr("CN=held-5a"));
        MessageBuilder unwanted = device.request(device.csr("CN=held-5b"));
        MessageBuilder undecided = device.request(device.csr("CN=held-5c"));
        device.send(wanted);
        device.send(unwanted);
        device.send(undecided);

        operator.approve(operator.requirePending(Scepgate.APPROVAL, "CN=held-5a"));
        operator.deny(operator.requirePending(Scepgate.APPROVAL, "CN=held-5b"));

        CertificateJudge.holdsExactly(device.send(device.poll(wanted)).issued(device.signer()), "CN=held-5a");
        assertThat(device.send(device.poll(unwanted)).failInfo()).contains(BAD_REQUEST);
        assertThat(device.send(device.poll(undecided)).pkiStatus()).isEqualTo(PENDING);
    }

    @Test
    void holdsOnlyWhatPassesEveryOtherRule() {
        TestDevice both = device.at(scepgate.endpoint(Scepgate.BOTH));
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.BOTH, "CN=held-6");

        CertRep guessed = both.send(both.request(both.csr("CN=held-6", "wrong")));
        CertRep renamed = both.send(both.request(both.csr("CN=held-66", challenge.secret())));
        CertRep unnamed = device.send(device.request(device.csr("")));
        CertRep guessing = device.send(device.request(device.csr("CN=held-6", "wrong")));

        assertThat(guessed.failInfo()).contains(BAD_REQUEST);
        assertThat(renamed.failInfo()).contains(BAD_REQUEST);
        assertThat(unnamed.failInfo()).contains(BAD_REQUEST);
        assertThat(guessing.failInfo()).contains(BAD_REQUEST);
        assertThat(operator.findPending(Scepgate.BOTH, "CN=held-6")).isEmpty();
        assertThat(operator.findPending(Scepgate.APPROVAL, "CN=held-6")).isEmpty();
    }

    @Test
    void reservesTheChallengeUntilAPersonDecidesHoweverLongThatTakes() throws SQLException {
        TestDevice both = device.at(scepgate.endpoint(Scepgate.BOTH));
        TestDevice thief = both.another(TestKeys.rsa());
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.BOTH, "CN=held-7", "held-7.acme.example");
        MessageBuilder request =
                both.request(both.csr("CN=held-7", challenge.secret()).dns("held-7.acme.example"));
        assertThat(both.send(request).pkiStatus()).isEqualTo(PENDING);
        JsonNode reserved = scepgate.mdm().look(challenge);
        assertThat(reserved.get("state").asText()).isEqualTo("RESERVED");
        assertThat(reserved.get("reservedAt").asText()).isNotEmpty();
        assertThat(reserved.get("heldRequestId").asText())
                .isEqualTo(operator.requirePending(Scepgate.BOTH, "CN=held-7"));

        for (int i = 0; i < 7; i++) {
            CertRep stolen = thief.send(
                    thief.request(thief.csr("CN=held-7", challenge.secret()).dns("held-7.acme.example")));
            assertThat(stolen.failInfo()).contains(BAD_REQUEST);
        }
        change("update challenge set expires_at = now() - interval '1 hour' where id = ?", challenge.id());
        assertThat(both.send(request).pkiStatus()).isEqualTo(PENDING);
        assertThat(scepgate.mdm().stateOf(challenge)).isEqualTo("RESERVED");
        operator.approve(operator.requirePending(Scepgate.BOTH, "CN=held-7"));

        X509CertificateHolder issued = both.send(both.poll(request)).issued(both.signer());
        assertThat(both.send(request).issued(both.signer())).isEqualTo(issued);
        assertThat(Issued.in(scepgate.database()).forChallenge(challenge)).containsExactly(issued);
        assertThat(scepgate.mdm().stateOf(challenge)).isEqualTo("REDEEMED");
    }

    @Test
    void closesTheRequestWhoseChallengeIsTakenBack() {
        TestDevice both = device.at(scepgate.endpoint(Scepgate.BOTH));
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.BOTH, "CN=held-8");
        MessageBuilder request = both.request(both.csr("CN=held-8", challenge.secret()));
        both.send(request);
        String id = operator.requirePending(Scepgate.BOTH, "CN=held-8");

        assertThat(scepgate.mdm().cancel(challenge).statusCode()).isEqualTo(204);

        assertThat(both.send(both.poll(request)).failInfo()).contains(BAD_REQUEST);
        assertThat(both.send(request).failInfo()).contains(BAD_REQUEST);
        assertThat(operator.findPending(Scepgate.BOTH, "CN=held-8")).isEmpty();
        JsonNode closed = operator.look(id);
        assertThat(closed.get("state").asText()).isEqualTo("DENIED");
        assertThat(closed.get("reason").asText()).isEqualTo("its challenge was cancelled");
        assertThat(closed.get("decidedBy").asText())
                .isEqualTo(scepgate.mdm().look(challenge).get("createdBy").asText());
        HttpResponse<byte[]> answer = operator.approve(id);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("request-denied");
        assertThat(scepgate.mdm().stateOf(challenge)).isEqualTo("CANCELLED");
        assertThat(operator.steps(request.transactionId()))
                .extracting(step -> step.get("action").asText())
                .containsOnlyOnce("request.denied");
    }

    @Test
    void tellsThatTheChallengeOfADeniedRequestCannotBeUsed() throws SQLException {
        TestDevice both = device.at(scepgate.endpoint(Scepgate.BOTH));
        TestMdm.Challenge denied = scepgate.mdm().challenge(Scepgate.BOTH, "CN=held-12");
        TestMdm.Challenge forgotten = scepgate.mdm().challenge(Scepgate.BOTH, "CN=held-13");
        both.send(both.request(both.csr("CN=held-12", denied.secret())));
        both.send(both.request(both.csr("CN=held-13", forgotten.secret())));

        operator.deny(operator.requirePending(Scepgate.BOTH, "CN=held-12"));
        change(
                "update held_request set expires_at = now() where id = ?",
                operator.requirePending(Scepgate.BOTH, "CN=held-13"));

        assertThat(scepgate.mdm().stateOf(denied)).isEqualTo("DENIED");
        assertThat(scepgate.mdm().stateOf(forgotten)).isEqualTo("EXPIRED");
    }

    @Test
    void remembersNoMoreThanTheLatestTransactionsOfARequest() throws SQLException {
        MessageBuilder first = device.request(device.csr("CN=held-14"));
        MessageBuilder last = first;
        assertThat(device.send(first).pkiStatus()).isEqualTo(PENDING);
        for (int i = 0; i < 20; i++) {
            last = device.request(device.csr("CN=held-14"));
            device.send(last);
        }

        assertThat(transactionsOf(operator.requirePending(Scepgate.APPROVAL, "CN=held-14")))
                .isEqualTo(16);
        assertThat(device.send(device.poll(last)).pkiStatus()).isEqualTo(PENDING);
        assertThat(device.send(device.poll(first)).failInfo()).contains(BAD_CERT_ID);
        assertThat(device.send(first).pkiStatus()).isEqualTo(PENDING);
        assertThat(device.send(device.poll(first)).pkiStatus()).isEqualTo(PENDING);
    }

    private long transactionsOf(String request) throws SQLException {
        try (Connection connection = scepgate.database().connect();
                PreparedStatement query =
                        connection.prepareStatement("select count(*) from held_transaction where request_id = ?")) {
            query.setObject(1, UUID.fromString(request));
            ResultSet rows = query.executeQuery();
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void letsARequestExpire() throws SQLException {
        MessageBuilder request = device.request(device.csr("CN=held-9"));
        device.send(request);
        String id = operator.requirePending(Scepgate.APPROVAL, "CN=held-9");

        change("update held_request set expires_at = now() where id = ?", id);

        assertThat(device.send(device.poll(request)).failInfo()).contains(BAD_REQUEST);
        assertThat(operator.approve(id).statusCode()).isEqualTo(409);
        assertThat(operator.look(id).get("state").asText()).isEqualTo("EXPIRED");
        // Without a challenge nothing is used up: the device may ask anew, and waits anew.
        assertThat(device.send(request).pkiStatus()).isEqualTo(PENDING);
        assertThat(device.send(device.poll(request)).pkiStatus()).isEqualTo(PENDING);
    }

    @Test
    void letsNoMoreWaitThanTheProfileSays() {
        TestDevice narrow = device.at(scepgate.endpoint(Scepgate.NARROW));
        MessageBuilder first = narrow.request(narrow.csr("CN=held-10a"));
        MessageBuilder second = narrow.request(narrow.csr("CN=held-10b"));
        assertThat(narrow.send(first).pkiStatus()).isEqualTo(PENDING);

        HttpResponse<byte[]> turnedAway = narrow.endpoint().post(second.build());

        assertThat(turnedAway.statusCode()).isEqualTo(503);
        assertThat(turnedAway.headers().firstValue("Retry-After")).isPresent();
        assertThat(narrow.send(first).pkiStatus()).isEqualTo(PENDING);
        operator.deny(operator.requirePending(Scepgate.NARROW, "CN=held-10a"));
        assertThat(narrow.send(second).pkiStatus()).isEqualTo(PENDING);
    }

    @Test
    void waitsOnEveryServerAndOutlivesEachOfThem() {
        MessageBuilder request = device.request(device.csr("CN=held-11"));
        try (ServerProcess peer = scepgate.startPeer()) {
            device.at(peer.endpoint(Scepgate.APPROVAL)).send(request);
        }
        assertThat(device.send(device.poll(request)).pkiStatus()).isEqualTo(PENDING);

        operator.approve(operator.requirePending(Scepgate.APPROVAL, "CN=held-11"));

        try (ServerProcess peer = scepgate.startPeer()) {
            TestDevice there = device.at(peer.endpoint(Scepgate.APPROVAL));
            CertificateJudge.holdsExactly(there.send(there.poll(request)).issued(there.signer()), "CN=held-11");
        }
    }

    private void change(String update, String id) throws SQLException {
        try (Connection connection = scepgate.database().connect();
                PreparedStatement statement = connection.prepareStatement(update)) {
            statement.setObject(1, UUID.fromString(id));
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }
}
