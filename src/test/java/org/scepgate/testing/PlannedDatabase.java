package org.scepgate.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;

/** Our tables in a PostgreSQL of their own, which tells what it looks at, with the plans that it keeps for statements. */
public final class PlannedDatabase implements AutoCloseable {
    private final TestPostgres postgres;
    private final Connection connection;

    private PlannedDatabase(TestPostgres postgres, Connection connection) {
        this.postgres = postgres;
        this.connection = connection;
    }

    /** With empty tables. */
    public static PlannedDatabase start() throws SQLException {
        TestPostgres postgres = TestPostgres.start();
        TestPostgres.Database database = postgres.create("plans");
        Flyway.configure()
                .dataSource(
                        database.jdbcUrl(),
                        database.server().user(),
                        database.server().password())
                .load()
                .migrate();
        return new PlannedDatabase(postgres, database.connect());
    }

    public Connection connection() {
        return connection;
    }

    /** Once the tables are filled. */
    public void analyze() throws SQLException {
        execute("vacuum analyze");
        execute("set plan_cache_mode = force_generic_plan");
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** How a statement was carried out, with the numbers of rows. */
    public JsonNode explain(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet explained = statement.executeQuery("explain (analyze, format json) " + sql)) {
            explained.next();
            return new ObjectMapper().readTree(explained.getString(1)).get(0).get("Plan");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows that were read, wanted or not, of the tables whose names begin so. */
    public static double looked(JsonNode plan, String tables) {
        double looked = 0;
        if (plan.has("Relation Name") && plan.get("Relation Name").asText().startsWith(tables)) {
            double rows = plan.get("Actual Rows").asDouble()
                    + plan.path("Rows Removed by Filter").asDouble();
            looked = rows * plan.get("Actual Loops").asDouble();
        }
        for (JsonNode child : plan.path("Plans")) {
            looked += looked(child, tables);
        }
        return looked;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        postgres.close();
    }
}
