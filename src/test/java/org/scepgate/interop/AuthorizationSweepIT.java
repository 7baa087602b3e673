package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.Soak;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestPostgres;

/**
 * Whatever message type a request says, and whatever challenge it has but one that is good, no certificate comes of it.
 *
 * <p>The short form tries each type with one challenge and each type of RFC 8894 with every challenge.
 */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizationSweepIT {
    private static final String SUBJECT = "CN=sweep.acme.example,O=Acme";
    private static final String ENROLMENT = "19";
    private static final List<String> SERVED = List.of("17", "19", "20", "21", "22");
    private static final List<String> MALFORMED = List.of(
            "",
            " ",
            "019",
            " 19",
            "19 ",
            "+19",
            "-19",
            "19.0",
            "0x13",
            "1 9",
            "19,20",
            "256",
            "PKCSReq",
            "9".repeat(99));
    private static final List<String> TYPES = Stream.concat(
                    IntStream.rangeClosed(0, 255).mapToObj(String::valueOf), MALFORMED.stream())
            .toList();
    private static final List<String> FEW =
            Stream.concat(SERVED.stream(), MALFORMED.stream()).toList();
    private static final int EVERY = Soak.limit(0, 1);
    /** What the challenge is that would be good for an enrolment. */
    private static final String GOOD = "good";

    private final Scepgate scepgate;
    private final TestMdm mdm;

    AuthorizationSweepIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.mdm = scepgate.mdm();
    }

    @Test
    void issuesNothing() throws SQLException {
        Map<String, Optional<String>> challenges = challenges();
        TestMdm.Challenge good = mdm.challenge(Scepgate.DEMO, SUBJECT);
        challenges.put(GOOD, Optional.of(good.secret()));
        TestDevice device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        long before = Issued.in(scepgate.database()).count();

        int tried = sweep(device, challenges, TYPES);

        assertThat(Issued.in(scepgate.database()).count()).isEqualTo(before);
        assertThat(Issued.in(scepgate.database()).forChallenge(good)).isEmpty();
        assertThat(mdm.stateOf(good)).isEqualTo("ISSUED");
        assertThat(device.send(device.request(device.csr(SUBJECT, good.secret())))
                        .isSuccess())
                .isTrue();
        Soak.report("R13 %d requests of every type with %s: nothing issued", tried, challenges.keySet());
    }

    @Test
    void issuesNothingOnAnEmptyDatabase() throws SQLException {
        TestPostgres.Database empty = scepgate.createDatabase("sweep");
        String foreign = mdm.challenge(Scepgate.DEMO, SUBJECT).secret();
        Map<String, Optional<String>> challenges = new LinkedHashMap<>();
        challenges.put("none", Optional.empty());
        challenges.put("empty", Optional.of(""));
        challenges.put("of another database", Optional.of(foreign));
        try (ServerProcess peer = scepgate.startPeer(settings -> settings.with(empty.settings()))) {
            int tried =
                    sweep(TestDevice.withRsaKey(peer.endpoint(Scepgate.DEMO)), challenges, EVERY == 1 ? TYPES : FEW);

            assertThat(Issued.in(empty).count()).isZero();
            Soak.report("R13 %d requests of every type on an empty database: nothing issued", tried);
        }
    }

    /** How many requests were answered, each without a certificate. */
    private static int sweep(TestDevice device, Map<String, Optional<String>> challenges, List<String> types) {
        List<String> kinds = List.copyOf(challenges.keySet());
        Map<String, byte[]> csrs = new LinkedHashMap<>();
        challenges.forEach((kind, secret) -> csrs.put(kind, csr(device, secret).encoded()));
        List<MessageBuilder> messages = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            String type = types.get(i);
            boolean every = SERVED.contains(type) || EVERY == 1;
            (every ? kinds : List.of(kinds.get(i % kinds.size())))
                    .stream()
                            .filter(kind -> !(kind.equals(GOOD) && type.equals(ENROLMENT)))
                            .forEach(kind ->
                                    messages.add(device.request(csrs.get(kind)).messageType(type)));
        }
        messages.forEach(
                message -> requireNoCertificate(device, device.endpoint().post(message.build())));
        return messages.size();
    }

    private static void requireNoCertificate(TestDevice device, HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(device.read(answer).pkiStatus()).isEqualTo("2");
    }

    private static TestCsr csr(TestDevice device, Optional<String> challenge) {
        TestCsr csr = device.csr(SUBJECT);
        return challenge.map(csr::challenge).orElse(csr);
    }

    /** By what is wrong with them. */
    private Map<String, Optional<String>> challenges() throws SQLException {
        Map<String, Optional<String>> all = new LinkedHashMap<>();
        all.put("none", Optional.empty());
        all.put("empty", Optional.of(""));
        all.put("unknown", Optional.of("nobody-has-made-this-one"));
        all.put(
                "of another profile",
                Optional.of(mdm.challenge(Scepgate.OTHER, SUBJECT).secret()));
        all.put(
                "for another name",
                Optional.of(mdm.challenge(Scepgate.DEMO, "CN=other").secret()));
        all.put("expired", Optional.of(inState("EXPIRED", expired()).secret()));
        all.put("cancelled", Optional.of(inState("CANCELLED", cancelled()).secret()));
        all.put("locked", Optional.of(inState("LOCKED", locked()).secret()));
        all.put("spent by another", Optional.of(inState("REDEEMED", spent()).secret()));
        return all;
    }

    private TestMdm.Challenge inState(String state, TestMdm.Challenge challenge) {
        assertThat(mdm.stateOf(challenge)).isEqualTo(state);
        return challenge;
    }

    private TestMdm.Challenge expired() throws SQLException {
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, SUBJECT);
        try (Connection connection = scepgate.database().connect();
                PreparedStatement update = connection.prepareStatement(
                        "update challenge set expires_at = now() - interval '1 second' where id = ?")) {
            update.setObject(1, UUID.fromString(challenge.id()));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
        return challenge;
    }

    private TestMdm.Challenge cancelled() {
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, SUBJECT);
        HttpResponse<byte[]> answer = mdm.cancel(challenge);
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isLessThan(300);
        return challenge;
    }

    private TestMdm.Challenge locked() {
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, SUBJECT);
        TestDevice guesser = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        for (int i = 0; i < 5; i++) {
            guesser.send(guesser.request(guesser.csr("CN=guess-" + i, challenge.secret())));
        }
        return challenge;
    }

    private TestMdm.Challenge spent() {
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, SUBJECT);
        TestDevice first = TestDevice.withKey(scepgate.endpoint(Scepgate.DEMO), TestKeys.rsa());
        first.enrol(first.csr(SUBJECT, challenge.secret()));
        return challenge;
    }
}
