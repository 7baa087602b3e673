package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestPostgres;

/** What the database says was issued, read behind the server's back. */
final class Issued {
    private final TestPostgres.Database database;

    private Issued(TestPostgres.Database database) {
        this.database = database;
    }

    static Issued in(TestPostgres.Database database) {
        return new Issued(database);
    }

    List<X509CertificateHolder> forChallenge(TestMdm.Challenge challenge) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement query =
                        connection.prepareStatement("select der from certificate where challenge_id = ?")) {
            query.setObject(1, UUID.fromString(challenge.id()));
            return certificates(query.executeQuery());
        }
    }

    /** How often the log says that another key came with the challenge when it was spent. */
    int alarmsOf(TestMdm.Challenge challenge) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement(
                        "select count(*) from audit_event where action = 'challenge.reused' and object = ?")) {
            query.setString(1, "challenge/" + challenge.id());
            ResultSet rows = query.executeQuery();
            rows.next();
            return rows.getInt(1);
        }
    }

    /** How many events of this type there are for each serial number. */
    Map<String, Long> events(String type) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement(
                        "select body::jsonb ->> 'serial', count(*) from event where type = ? group by 1")) {
            query.setString(1, type);
            ResultSet rows = query.executeQuery();
            Map<String, Long> events = new HashMap<>();
            while (rows.next()) {
                events.put(rows.getString(1), rows.getLong(2));
            }
            return events;
        }
    }

    /** Those that renew this certificate. */
    List<X509CertificateHolder> renewalsOf(X509CertificateHolder old) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement query =
                        connection.prepareStatement("select der from certificate where renewed_serial = ?")) {
            query.setBytes(1, serial(old));
            return certificates(query.executeQuery());
        }
    }

    boolean has(X509CertificateHolder certificate) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement("select der from certificate where serial = ?")) {
            query.setBytes(1, serial(certificate));
            return certificates(query.executeQuery()).equals(List.of(certificate));
        }
    }

    boolean isRevoked(X509CertificateHolder certificate) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement(
                        "select count(*) from certificate where serial = ? and revoked_at is not null")) {
            query.setBytes(1, serial(certificate));
            ResultSet rows = query.executeQuery();
            rows.next();
            return rows.getInt(1) == 1;
        }
    }

    void revoke(X509CertificateHolder certificate) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement update = connection.prepareStatement(
                        "update certificate set revoked_at = now(), revocation_reason = 1 where serial = ?")) {
            update.setBytes(1, serial(certificate));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    /** Makes the server believe that it has expired. */
    void end(X509CertificateHolder certificate) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement update = connection.prepareStatement(
                        "update certificate set not_after = now() - interval '1 second' where serial = ?")) {
            update.setBytes(1, serial(certificate));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    /** Puts a certificate into the inventory that the server has not issued. */
    void add(String ca, String profile, X509CertificateHolder certificate) throws SQLException {
        String insert = "insert into certificate (ca, serial, profile, subject, spki_sha256, request_sha256,"
                + " not_before, not_after, der, issued_at) values (?, ?, ?, 'CN=x', ?, ?, now(), now(), ?, now())";
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setString(1, ca);
            statement.setBytes(2, serial(certificate));
            statement.setString(3, profile);
            statement.setString(4, "0".repeat(64));
            statement.setString(5, "0".repeat(64));
            statement.setBytes(6, encoded(certificate));
            statement.executeUpdate();
        }
    }

    /** Whole octets of lower-case hex. */
    static String serialText(X509CertificateHolder certificate) {
        String hex = certificate.getSerialNumber().toString(16);
        return hex.length() % 2 == 0 ? hex : "0" + hex;
    }

    List<String> outcomesOfQueriesFor(String serial) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement(
                        "select outcome from audit_event where action = 'certificate.queried'"
                                + " and details ->> 'serial' = ? order by id")) {
            query.setString(1, serial);
            ResultSet rows = query.executeQuery();
            List<String> outcomes = new ArrayList<>();
            while (rows.next()) {
                outcomes.add(rows.getString(1));
            }
            return outcomes;
        }
    }

    /** Big-endian, without a sign. */
    private static byte[] serial(X509CertificateHolder certificate) {
        byte[] signed = certificate.getSerialNumber().toByteArray();
        return signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
    }

    private static byte[] encoded(X509CertificateHolder certificate) {
        try {
            return certificate.getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long count() throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement("select count(*) from certificate")) {
            ResultSet rows = query.executeQuery();
            rows.next();
            return rows.getLong(1);
        }
    }

    /** What the audit log tells of the exchanges that this challenge was used in. */
    List<JsonNode> eventsOf(TestMdm.Challenge challenge) {
        String events = "select details::text from audit_event where details ->> 'challengeId' = ?"
                + " and details -> 'algorithms' is not null order by id";
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement(events)) {
            query.setString(1, challenge.id());
            ResultSet rows = query.executeQuery();
            List<JsonNode> found = new ArrayList<>();
            while (rows.next()) {
                found.add(new ObjectMapper().readTree(rows.getString(1)));
            }
            return found;
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of what devices leave behind that show this text. */
    List<String> rowsThatContain(String text) throws SQLException {
        String query = """
                select row_to_json(a)::text from audit_event a where row_to_json(a)::text like ?
                union all select row_to_json(t)::text from held_transaction t where row_to_json(t)::text like ?
                union all select row_to_json(h)::text from held_request h where row_to_json(h)::text like ?
                """;
        try (Connection connection = database.connect();
                PreparedStatement search = connection.prepareStatement(query)) {
            for (int i = 1; i <= 3; i++) {
                search.setString(i, "%" + text + "%");
            }
            ResultSet rows = search.executeQuery();
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private static List<X509CertificateHolder> certificates(ResultSet rows) throws SQLException {
        List<X509CertificateHolder> found = new ArrayList<>();
        while (rows.next()) {
            try {
                found.add(new X509CertificateHolder(rows.getBytes("der")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }
}
