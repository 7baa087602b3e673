package org.scepgate.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.scepgate.platform.TimeOrderedId;
import org.scepgate.testing.TestEvents;

/** Rows of events that a test writes and reads past the server. */
final class EventRows {
    private EventRows() {}

    private static final String QUEUE = """
            with told as (
                insert into event (id, type, at, client, body)
                values (?, 'certificate.issued', ?, 'mdm-1', ?) returning number
            ), known as (
                insert into event_webhook (name) values (?) on conflict do nothing
            )
            insert into event_delivery (webhook, event_number, state, queued_at, due_at)
            select ?, number, ?, ?, ? from told
            """;

    /** An event of a webhook. */
    static UUID queue(String webhook, Instant at, String state) throws SQLException {
        return queue(webhook, at, state, 1).get(0);
    }

    static List<UUID> queue(String webhook, Instant at, String state, int count) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (Connection connection = TestEvents.connect();
                PreparedStatement insert = connection.prepareStatement(QUEUE)) {
            for (int i = 0; i < count; i++) {
                UUID id = TimeOrderedId.at(at);
                insert.setObject(1, id);
                insert.setObject(2, at.atOffset(ZoneOffset.UTC));
                insert.setString(3, "{\"id\":\"" + id + "\",\"type\":\"certificate.issued\"}");
                insert.setString(4, webhook);
                insert.setString(5, webhook);
                insert.setString(6, state);
                insert.setObject(7, at.atOffset(ZoneOffset.UTC));
                insert.setObject(8, at.atOffset(ZoneOffset.UTC));
                insert.executeUpdate();
                ids.add(id);
            }
        }
        return ids;
    }

    static void update(String statement, Object... values) throws SQLException {
        try (Connection connection = TestEvents.connect();
                PreparedStatement update = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            update.executeUpdate();
        }
    }

    static long count(String webhook, String state) throws SQLException {
        return TestEvents.number(
                "select count(*) from event_delivery where webhook = '" + webhook + "' and state = '" + state + "'");
    }

    /** The first column. */
    static List<String> texts(String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = TestEvents.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
