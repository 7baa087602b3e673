package org.scepgate.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scepgate.platform.TimeOrderedId;
import org.scepgate.testing.AgedRows;
import org.scepgate.testing.PlannedDatabase;

/** What PostgreSQL looks at to find old rows among many that are kept, with the plan that it keeps for a statement. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OldRowsPlanTest {
    // A thousand of a table, and for each the certificate that keeps it or what deletes it: read and returned.
    private static final int ENOUGH = 3000;

    private PlannedDatabase database;

    @BeforeAll
    void fill() throws SQLException {
        database = PlannedDatabase.start();
        AgedRows.addTo(database.connection());
        database.analyze();
    }

    @AfterAll
    void stop() throws SQLException {
        database.close();
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
        database.execute("deallocate all");
        database.execute("prepare batch (uuid, uuid, timestamptz) as " + rows.statement());

        int statements = 0;
        for (UUID after = new UUID(0, 0); after != null; statements++) {
            String call = "execute batch('%s', '%s', '%s')".formatted(after, end, before);
            JsonNode plan = explain(call);
            assertThat(PlannedDatabase.looked(plan, ""))
                    .as(plan.toPrettyString())
                    .isLessThanOrEqualTo(ENOUGH);
            assertThat(indexOfLooked(plan)).as(plan.toPrettyString()).isEqualTo(index);
            after = next(call);
        }

        assertThat(statements).isEqualTo((kept + AgedRows.OLD) / 1000 + 1);
        assertThat(count(rows)).isEqualTo(kept);
    }

    /** What it does is undone. */
    private JsonNode explain(String call) throws SQLException {
        database.execute("begin");
        try {
            return database.explain(call);
        } finally {
            database.execute("rollback");
        }
    }

    private static String indexOfLooked(JsonNode plan) {
        return plan.findParents("Subplan Name").stream()
                .filter(part -> part.get("Subplan Name").asText().equals("CTE looked"))
                .map(part -> part.findPath("Index Name").asText())
                .findFirst()
                .orElseThrow();
    }

    private UUID next(String call) throws SQLException {
        try (Statement statement = database.connection().createStatement();
                ResultSet batch = statement.executeQuery(call)) {
            batch.next();
            return batch.getObject("next", UUID.class);
        }
    }

    private long count(OldRows rows) throws SQLException {
        try (Statement statement = database.connection().createStatement();
                ResultSet counted = statement.executeQuery("select count(*) from " + rows.name())) {
            counted.next();
            return counted.getLong(1);
        }
    }
}
