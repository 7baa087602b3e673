package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;

/** What RFC 8894, 7.3 asks of a shared secret: hard to guess, of limited life, good for once, and kept as a MAC alone. */
@ExtendWith(Scepgate.Extension.class)
class ChallengeIT {
    private static final String SUBJECT = "CN=secret.acme.example,O=Acme";
    private static final double ENOUGH_BITS = 128;

    private final Scepgate scepgate;
    private final TestMdm mdm;
    private final TestDevice device;

    ChallengeIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.mdm = scepgate.mdm();
        this.device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
    }

    private TestMdm.Challenge challenge() {
        return mdm.challenge(Scepgate.DEMO, SUBJECT);
    }

    @Test
    void isTooLongToBeGuessedAndAnotherOneEachTime() {
        Stream<String> secrets = Stream.generate(() -> challenge().secret()).limit(20);

        assertThat(secrets)
                .doesNotHaveDuplicates()
                .allSatisfy(secret -> assertThat(secret).matches("[1-9A-HJ-NP-Za-km-z]{24}"));
        assertThat(24 * Math.log(58) / Math.log(2)).isGreaterThan(ENOUGH_BITS);
    }

    @Test
    void enrolsOneKeyOnce() throws SQLException {
        TestMdm.Challenge challenge = challenge();
        TestDevice other = device.another(TestKeys.rsa());

        CertRep first = device.send(device.request(device.csr(SUBJECT, challenge.secret())));
        CertRep second = other.send(other.request(other.csr(SUBJECT, challenge.secret())));

        assertThat(first.isSuccess()).isTrue();
        assertThat(second.failInfo()).contains("2");
        assertThat(Issued.in(scepgate.database()).forChallenge(challenge)).hasSize(1);
    }

    @Test
    void enrolsNobodyWhenItsLifeIsOver() throws SQLException {
        TestMdm.Challenge challenge = challenge();
        assertThat(Instant.parse(challenge.json().get("expiresAt").asText())).isAfter(Instant.now());
        expire(challenge);

        CertRep answer = device.send(device.request(device.csr(SUBJECT, challenge.secret())));

        assertThat(answer.failInfo()).contains("2");
        assertThat(mdm.stateOf(challenge)).isEqualTo("EXPIRED");
        assertThat(mdm.look(challenge).get("failedAttempts").findValuesAsText("rule"))
                .contains("challenge.expired");
        assertThat(Issued.in(scepgate.database()).forChallenge(challenge)).isEmpty();
    }

    @Test
    void isKeptAsAMacUnderThePepperAndInNoOtherForm() throws Exception {
        TestMdm.Challenge challenge = challenge();
        byte[] secret = challenge.secret().getBytes(StandardCharsets.US_ASCII);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret));

        String row = row(challenge);

        assertThat(row)
                .contains(HexFormat.of().formatHex(mac(secret)))
                .doesNotContain(challenge.secret())
                .doesNotContain(HexFormat.of().formatHex(secret))
                .doesNotContain(Base64.getEncoder().encodeToString(secret))
                .doesNotContain(digest);
    }

    private static byte[] mac(byte[] secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(ServerSettings.PEPPER.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        return mac.doFinal(secret);
    }

    private void expire(TestMdm.Challenge challenge) throws SQLException {
        try (Connection connection = scepgate.database().connect();
                PreparedStatement update =
                        connection.prepareStatement("update challenge set expires_at = now() where id = ?")) {
            update.setObject(1, UUID.fromString(challenge.id()));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private String row(TestMdm.Challenge challenge) throws SQLException {
        try (Connection connection = scepgate.database().connect();
                PreparedStatement query = connection.prepareStatement("select c::text from challenge c where id = ?")) {
            query.setObject(1, UUID.fromString(challenge.id()));
            ResultSet rows = query.executeQuery();
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
