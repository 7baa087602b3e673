package org.scepgate.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scepgate.testing.PlannedDatabase;

/** What PostgreSQL looks at for a page of a large inventory, with the plan that it keeps for a prepared statement. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InventoryPlanTest {
    private static final Instant NOW = Instant.parse("2030-06-01T00:00:00Z");
    // A thousand of each of three profiles in an index, then a page, or a thousand of which few are wanted.
    private static final int ENOUGH = 3200;
    private static final String FILL = """
            insert into certificate (id, ca, serial, profile, device_id, subject, subject_alt_names, spki_sha256,
                request_sha256, not_before, not_after, der, issued_at, revoked_at, revocation_reason)
            select time_ordered_id(at), case when i %% 9999 = 0 then 'small' else 'test' end,
                   decode('7f' || lpad(to_hex(i), 30, '0'), 'hex'),
                   case when i %% 9999 = 0 then 'few' when i %% 3 = 0 then 'odd' else 'demo' end, 'device-' || i,
                   'CN=stock-' || i || ',O=Acme', 'dns:stock-' || i || '.acme.example', repeat('5', 64),
                   repeat('7', 64), at, at + interval '365 days', decode('3001', 'hex'), at,
                   case when i %% 20 = 0 then at end,
                   case when i %% 4000 = 0 then 6 when i %% 20 = 0 then 1 end
            from (select i, timestamptz '%s' - i * interval '800 days' / 50000 as at
                  from generate_series(50000, 1, -1) as i) as stock
            """;

    private PlannedDatabase database;

    @BeforeAll
    void fill() throws SQLException {
        database = PlannedDatabase.start();
        database.execute(FILL.formatted(NOW));
        database.analyze();
    }

    @AfterAll
    void stop() throws SQLException {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                     50",
        "serial=7f0000000000000000000000000000ff, 1",
        "serial=00ff,                             0",
        "subject=cn=stock-777;o=acme,             1",
        "subject=cn=stock-777*,                  11",
        "subject=cn=stock*&profile=few,           1",
        "san=stock-777.acme.example,              1",
        "san=stock-777*,                         11",
        "san=stock-9999*&profile=few,             1",
        "deviceId=device-777,                     1",
        "deviceId=nobody,                         0",
        "profile=demo,                           50",
        "profile=few,                             5",
        "profile=nobody,                          0",
        "ca=small,                                5",
        "ca=nobody,                               0",
        "ca=test&profile=few,                     0",
        "state=VALID,                            50",
        "state=EXPIRED,                          50",
        "state=REVOKED,                          50",
        "state=ON_HOLD,                          12",
        "state=ON_HOLD&profile=few,               0",
        "state=VALID&profile=few,                 2",
        "state=EXPIRED&profile=few,               3",
        "state=REVOKED&profile=nobody,            0",
        "expiresAfter=2030-06-11T00:00:00Z&expiresBefore=2030-06-21T00:00:00Z,            50",
        "expiresAfter=2030-06-11T00:00:00Z&expiresBefore=2030-06-12T00:00:00Z&ca=small,    0",
        "expiresBefore=2029-03-23T13:00:00Z&profile=few,                                   1",
        "state=VALID&expiresBefore=2030-06-02T00:00:00Z,                                  50",
        "state=REVOKED&expiresAfter=2030-06-01T00:00:00Z&expiresBefore=2030-06-02T00:00:00Z, 3"
    })
    void looksAtFewCertificates(String query, int found) throws Exception {
        InventorySearch search = search(query);

        Plan plan = explain(search);

        assertThat(plan.rows())
                .as("rows of the page, and one more if it is full")
                .isEqualTo(found == 50 ? 51 : found);
        assertThat(plan.looked()).as(plan.text()).isLessThan(ENOUGH);
    }

    /** From the index alone and in its order: else each portion of a CRL would read all that is revoked. */
    @Test
    void readsWhatACrlListsInTheOrderOfAnIndex() throws SQLException {
        database.execute("prepare portion as " + CrlStore.REVOKED);

        JsonNode plan = database.explain("execute portion('test', '" + "5".repeat(64) + "', '" + NOW
                + "', '00000000-0000-0000-0000-000000000000')");

        assertThat(plan.get("Node Type").asText()).isEqualTo("Limit");
        assertThat(plan.get("Actual Rows").asInt()).isEqualTo(1000);
        JsonNode scan = plan.get("Plans").get(0);
        assertThat(scan.get("Node Type").asText()).isEqualTo("Index Only Scan");
        assertThat(scan.get("Index Name").asText()).isEqualTo("certificate_revoked");
    }

    private static InventorySearch search(String query) throws ReflectiveOperationException {
        InventoryQuery parameters = new InventoryQuery();
        parameters.limit = "50";
        for (String parameter : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = parameter.split("=", 2);
            InventoryQuery.class.getDeclaredField(parts[0]).set(parameters, parts[1].replace(';', ','));
        }
        return parameters.search();
    }

    private record Plan(int rows, double looked, String text) {}

    private Plan explain(InventorySearch search) throws SQLException {
        String call = "execute page(" + literals(search.values(NOW)) + ")";
        database.execute("prepare page as " + search.filter().statement().sql());
        try (Statement statement = database.connection().createStatement()) {
            int rows = count(statement.executeQuery(call));
            JsonNode plan = database.explain(call);
            // The inventory, and indexes of it that are tables.
            return new Plan(rows, PlannedDatabase.looked(plan, "certificate"), plan.toPrettyString());
        } finally {
            database.execute("deallocate page");
        }
    }

    private static int count(ResultSet page) throws SQLException {
        int rows = 0;
        while (page.next()) {
            rows += page.getObject("n") == null ? 0 : 1;
        }
        return rows;
    }

    private static String literals(Tuple values) {
        return IntStream.range(0, values.size())
                .mapToObj(i -> literal(values.getValue(i)))
                .collect(Collectors.joining(", "));
    }

    private static String literal(Object value) {
        if (value == null || value instanceof Long) {
            return String.valueOf(value);
        }
        if (value instanceof OffsetDateTime time) {
            return "to_timestamp(" + time.toEpochSecond() + ")";
        }
        return "'" + (value instanceof Buffer bytes ? "\\x" + HexFormat.of().formatHex(bytes.getBytes()) : value) + "'";
    }
}
