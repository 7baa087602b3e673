package org.scepgate.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Rows from long ago, past the server: most of the challenges are kept, by certificates in date. */
public final class AgedRows {
    public static final int KEPT = 20_000;
    public static final int OLD = 1_500;

    /** Together, or the challenges would go before their certificates are there. */
    private static final String KEPT_CHALLENGES = """
            with kept as (
                insert into challenge (id, secret_mac, profile, created_by, created_at, expires_at, binding, spent_at)
                select time_ordered_id(at), sha256(convert_to('kept' || i, 'utf8')), 'demo', 'mdm', at, at, '{}', at
                from (select i, now() - interval '200 days' + i * interval '1 second' as at
                      from generate_series(1, %d) as i) as stock
                returning id, created_at, secret_mac
            )
            insert into certificate (id, ca, serial, profile, subject, spki_sha256, request_sha256, not_before, not_after,
                der, issued_at, origin_challenge_id, latest_challenge_id)
            select time_ordered_id(created_at), 'test', substr(secret_mac, 1, 16), 'demo', 'CN=kept', repeat('5', 64),
                   repeat('7', 64), created_at, now() + interval '100 days', decode('3000', 'hex'), created_at,
                   case when get_byte(secret_mac, 0) %% 2 = 0 then id end,
                   case when get_byte(secret_mac, 0) %% 2 = 1 then id end
            from kept
            """.formatted(KEPT);

    /** Behind the others in the order of ids. */
    private static final String OLD_CHALLENGES = """
            insert into challenge (id, secret_mac, profile, created_by, created_at, expires_at, binding, spent_at)
            select time_ordered_id(at), sha256(convert_to('old' || i, 'utf8')), 'demo', 'mdm', at, at, '{}', at
            from (select i, now() - interval '100 days' + i * interval '1 second' as at
                  from generate_series(1, %d) as i) as stock
            """.formatted(OLD);

    private static final String OLD_REQUESTS = """
            insert into held_request (id, profile, transaction_id, received_at, expires_at, subject, subject_alt_names, key,
                csr, spki_sha256, request_sha256, signer_holds_key)
            select time_ordered_id(at), 'approval', 't' || i, at, at, 'CN=x', '{}', 'RSA 2048', decode('3000', 'hex'),
                   repeat('5', 64), repeat('7', 64), true
            from (select i, now() - interval '100 days' + i * interval '1 second' as at
                  from generate_series(1, %d) as i) as stock
            """.formatted(OLD);

    private static final String OLD_EVENTS = """
            insert into event (id, type, at, body)
            select time_ordered_id(at), 'certificate.issued', at, '{}'
            from (select now() - interval '40 days' + i * interval '1 second' as at
                  from generate_series(1, %d) as i) as stock
            """.formatted(OLD);

    private static final String OLD_AUDIT_EVENTS = """
            insert into audit_event (id, at, action, object, actor, outcome, details)
            select time_ordered_id(at), at, 'x.old', 'thing/o', 'old', 'success', '{}'
            from (select now() - interval '400 days' + i * interval '1 second' as at
                  from generate_series(1, %d) as i) as stock
            """.formatted(OLD);

    private AgedRows() {}

    public static void addTo(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(KEPT_CHALLENGES);
            statement.execute(OLD_CHALLENGES);
            statement.execute(OLD_REQUESTS);
            statement.execute(OLD_EVENTS);
            statement.execute(OLD_AUDIT_EVENTS);
        }
    }
}
