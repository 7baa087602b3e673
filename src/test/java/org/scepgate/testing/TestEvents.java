package org.scepgate.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.scepgate.platform.TimeOrderedId;

/** Events that a test puts into the audit log, past the server. */
public final class TestEvents {
    private TestEvents() {}

    public static Connection connect() throws SQLException {
        Config config = ConfigProvider.getConfig();
        return DriverManager.getConnection(
                config.getValue("quarkus.datasource.jdbc.url", String.class),
                config.getValue("quarkus.datasource.username", String.class),
                config.getValue("quarkus.datasource.password", String.class));
    }

    /** What an event is about; the rest is the same for all. */
    public record Event(String actor, String address, String action, String object, String outcome, String details) {
        public Event at(String other) {
            return new Event(actor, other, action, object, outcome, details);
        }
    }

    public static UUID add(Instant at, Event event) throws SQLException {
        try (Connection connection = connect()) {
            return add(connection, at, event);
        }
    }

    public static UUID add(Connection connection, Instant at, Event event) throws SQLException {
        UUID id = TimeOrderedId.at(at);
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into audit_event (id, at, actor, source_address, action, object, outcome, details)
                values (?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                """)) {
            insert.setObject(1, id);
            insert.setObject(2, at.atOffset(ZoneOffset.UTC));
            insert.setString(3, event.actor());
            insert.setString(4, event.address());
            insert.setString(5, event.action());
            insert.setString(6, event.object());
            insert.setString(7, event.outcome());
            insert.setString(8, event.details());
            insert.executeUpdate();
        }
        return id;
    }

    /** The first column of the first row. */
    public static long number(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    public static void update(String statement) throws SQLException {
        try (Connection connection = connect();
                Statement update = connection.createStatement()) {
            update.executeUpdate(statement);
        }
    }

    /** How many seals have this row. */
    public static long sealsOf(UUID id) throws SQLException {
        return number("select count(*) from audit_seal where position(uuid_send('" + id + "') in entries) > 0");
    }
}
