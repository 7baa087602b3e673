package org.scepgate.verify;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.scepgate.platform.TimeOrderedId;
import org.scepgate.seal.Anchor;
import org.scepgate.seal.Entry;
import org.scepgate.seal.Seal;
import org.scepgate.seal.SealKey;
import org.scepgate.seal.SealedBatch;
import org.scepgate.seal.SealedRow;
import org.scepgate.testing.TestPostgres;

/** An audit log in a database of its own, which a test seals, tampers with and verifies. */
final class AuditTrail {
    private static final String UNSEALED = "select " + SealedRow.COLUMNS + """
             from audit_event
            where written_in > (select coalesce(max(last_written_in), -1) from audit_seal) order by written_in, id
            """;

    private final TestPostgres.Database database;
    private final Path anchors;
    private final Path password;
    private SealKey key;
    private Seal last;

    AuditTrail(TestPostgres.Database database, Path folder, SealKey key) throws Exception {
        this.database = database;
        this.key = key;
        this.anchors = folder.resolve(database.name() + ".anchors");
        this.password = folder.resolve(database.name() + ".password");
        Files.writeString(password, database.settings().get("quarkus.datasource.password"));
        migrate();
    }

    void migrate() {
        Flyway.configure()
                .dataSource(
                        database.jdbcUrl(),
                        database.settings().get("quarkus.datasource.username"),
                        database.settings().get("quarkus.datasource.password"))
                .load()
                .migrate();
    }

    Path anchors() {
        return anchors;
    }

    /** A row, written in a transaction of its own. */
    UUID event(Instant at, String object) throws SQLException {
        UUID id = TimeOrderedId.at(at);
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into audit_event (id, at, actor, action, object, outcome, details)
                        values (?, ?, 'device', 'certificate.issued', ?, 'success', '{"profile": "demo"}')
                        """)) {
            insert.setObject(1, id);
            insert.setObject(2, at.atOffset(ZoneOffset.UTC));
            insert.setString(3, object);
            insert.executeUpdate();
        }
        return id;
    }

    /** What a server does every few seconds. */
    Seal seal(Instant now) throws SQLException {
        List<SealedRow> rows = new ArrayList<>();
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            try (Cursor<SealedRow> unsealed = new Cursor<>(connection, UNSEALED, AuditDatabase::row)) {
                while (unsealed.peek() != null) {
                    rows.add(unsealed.take());
                }
            }
            byte[] entries = Entry.encode(rows.stream().map(SealedRow::entry).toList());
            long number = last == null ? 1 : last.number() + 1;
            byte[] before = last == null ? Seal.beforeAll() : last.hash();
            last = Seal.next(number, before, SealedBatch.of(rows, entries), now, key);
            insert(connection, entries);
            connection.commit();
            Files.writeString(
                    anchors, Anchor.of(last).toJson() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return last;
    }

    /** One seal over everything, by somebody without the key; what was written down outside stays. */
    void sealAnew(Instant now) throws SQLException, IOException {
        String before = Files.readString(anchors);
        key = SealKey.NONE;
        last = null;
        seal(now);
        Files.writeString(anchors, before);
    }

    private void insert(Connection connection, byte[] entries) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into audit_seal (number, rows, first_written_in, first_id, last_written_in, last_id, newest,
                    entries, root_hash, previous_hash, keyed, hash, sealed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
            SealedBatch batch = last.batch();
            List<Object> values = Arrays.asList(
                    last.number(),
                    batch.rows(),
                    batch.first().writtenIn(),
                    batch.first().id(),
                    batch.last().writtenIn(),
                    batch.last().id(),
                    batch.newest().atOffset(ZoneOffset.UTC),
                    entries,
                    batch.root(),
                    last.previous(),
                    last.keyed(),
                    last.hash(),
                    last.sealedAt().atOffset(ZoneOffset.UTC));
            for (int i = 0; i < values.size(); i++) {
                insert.setObject(i + 1, values.get(i));
            }
            insert.executeUpdate();
        }
    }

    /** As somebody who owns the database. */
    void tamper(String... statements) throws SQLException {
        List<String> all = new ArrayList<>();
        all.add("alter table audit_event disable trigger user");
        all.add("alter table audit_seal disable trigger user");
        all.addAll(List.of(statements));
        all.add("alter table audit_event enable trigger user");
        all.add("alter table audit_seal enable trigger user");
        sql(all.toArray(String[]::new));
    }

    void sql(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    record Result(int exitCode, String text) {}

    Result verify(Object... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "audit",
                "verify",
                "--url",
                database.jdbcUrl(),
                "--user",
                database.settings().get("quarkus.datasource.username"),
                "--password-file",
                password.toString()));
        Arrays.stream(more).map(Object::toString).forEach(arguments::add);
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out);
        int exitCode = AuditCommands.run(printer, printer, arguments.toArray(String[]::new));
        return new Result(exitCode, out.toString());
    }
}
