package org.scepgate.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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

    long count() throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement("select count(*) from certificate")) {
            ResultSet rows = query.executeQuery();
            rows.next();
            return rows.getLong(1);
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
