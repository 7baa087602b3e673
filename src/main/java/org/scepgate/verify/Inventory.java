package org.scepgate.verify;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The certificates and challenges that the database knows. */
final class Inventory {
    private static final String REVOKED = """
            select encode(serial, 'hex'), bool_or(revoked_at is not null) from certificate
            where serial = any(select decode(hex, 'hex') from unnest(?::text[]) as given(hex))
            group by serial
            """;
    // One that is reserved outlives its own end, for its request may be approved then.
    private static final String OPEN = """
            select id, device_id from challenge
            where id = any(?::uuid[]) and spent_at is null and cancelled_at is null
                and (held_at is null and locked_at is null and expires_at > now()
                    or exists (select from held_request where challenge_id = challenge.id
                        and ruling is null and held_request.expires_at > now()))
            """;

    private final Connection connection;

    Inventory(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setReadOnly(true);
    }

    /** Of these serial numbers (hex) those that are there, and whether they are revoked. */
    Map<String, Boolean> revoked(Collection<String> serials) throws SQLException {
        Map<String, Boolean> found = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(REVOKED)) {
            query.setArray(1, texts(serials));
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                found.put(rows.getString(1), rows.getBoolean(2));
            }
        }
        return found;
    }

    /** Of these challenges those that can be used still, and for which device, where that is known. */
    Map<String, Optional<String>> open(Collection<String> challenges) throws SQLException {
        Set<String> ids = new HashSet<>(challenges);
        ids.removeIf(id -> !isId(id));
        Map<String, Optional<String>> found = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(OPEN)) {
            query.setArray(1, texts(ids));
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                found.put(rows.getString(1), Optional.ofNullable(rows.getString(2)));
            }
        }
        return found;
    }

    private Array texts(Collection<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    private static boolean isId(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException other) {
            return false;
        }
    }
}
