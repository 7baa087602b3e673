package org.scepgate.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scepgate.platform.TimeOrderedId;
import org.scepgate.testing.AgedRows;
import org.scepgate.testing.TestPostgres;

/** What PostgreSQL looks at to find old rows among many that are kept, with the plan that it keeps for a statement. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OldRowsPlanTest {
    // A thousand of a table, and for each the certificate that keeps it or what deletes it: read and returned.
    private static final int ENOUGH = 3000;

    private TestPostgres postgres;
    private Connection connection;

    @BeforeAll
    void fill() throws SQLException {
        postgres = TestPostgres.start();
        TestPostgres.Database database = postgres.create("plans");
        Flyway.configure()
                .dataSource(
                        database.jdbcUrl(),
                        database.server().user(),
                        database.server().password())
                .load()
                .migrate();
        connection = database.connect();
        AgedRows.addTo(connection);
        execute("vacuum analyze");
        execute("set plan_cache_mode = force_generic_plan");
    }

    @AfterAll
    void stop() throws SQLException {
        connection.close();
        postgres.close();
    }

    @ParameterizedTest
    @CsvSource({
        "CHALLENGE,    challenge_pkey,    90, 20000",
        "HELD_REQUEST, held_request_pkey, 90,     0",
        "EVENT,        event_id_key,      30,     0"
    })
    void looksAtFewRowsHoweverManyAreKept(OldRows rows, String index, int days, int kept) throws Exception {
        Instant before = Instant.now().minus(Duration.ofDays(days));
        UUID end = TimeOrderedId.at(before);
        execute("deallocate all");
        execute("prepare batch (uuid, uuid, timestamptz) as " + rows.statement());

        int statements = 0;
        for (UUID after = new UUID(0, 0); after != null; statements++) {
            String call = "execute batch('%s', '%s', '%s')".formatted(after, end, before);
            JsonNode plan = explain(call);
            assertThat(looked(plan)).as(plan.toPrettyString()).isLessThanOrEqualTo(ENOUGH);
            assertThat(indexOfLooked(plan)).as(plan.toPrettyString()).isEqualTo(index);
            after = next(call);
        }

        assertThat(statements).isEqualTo((kept + AgedRows.OLD) / 1000 + 1);
        assertThat(count(rows)).isEqualTo(kept);
    }

    /** What it does is undone. */
    private JsonNode explain(String call) throws Exception {
        execute("begin");
        try (Statement statement = connection.createStatement();
                ResultSet explained = statement.executeQuery("explain (analyze, format json) " + call)) {
            explained.next();
            return new ObjectMapper().readTree(explained.getString(1)).get(0).get("Plan");
        } finally {
            execute("rollback");
        }
    }

    /** Rows of tables that were read, wanted or not. */
    private static double looked(JsonNode node) {
        double looked = 0;
        if (node.has("Relation Name")) {
            double rows = node.get("Actual Rows").asDouble()
                    + node.path("Rows Removed by Filter").asDouble();
            looked = rows * node.get("Actual Loops").asDouble();
        }
        for (JsonNode child : node.path("Plans")) {
            looked += looked(child);
        }
        return looked;
    }

    private static String indexOfLooked(JsonNode plan) {
        return plan.findParents("Subplan Name").stream()
                .filter(part -> part.get("Subplan Name").asText().equals("CTE looked"))
                .map(part -> part.findPath("Index Name").asText())
                .findFirst()
                .orElseThrow();
    }

    private UUID next(String call) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet batch = statement.executeQuery(call)) {
            batch.next();
            return batch.getObject("next", UUID.class);
        }
    }

    private long count(OldRows rows) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet counted = statement.executeQuery("select count(*) from " + rows.name())) {
            counted.next();
            return counted.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
