package org.scepgate.interop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.scepgate.testing.TestPostgres;

/** The statements of the release before, prepared on a schema: each must parse there, tables and columns found. */
final class EarlierStatements implements AutoCloseable {
    private static final String FILE = "release-8.sql";

    private final Connection connection;

    private EarlierStatements(Connection connection) {
        this.connection = connection;
    }

    static EarlierStatements on(TestPostgres.Database database) throws SQLException, IOException {
        EarlierStatements statements = new EarlierStatements(database.connect());
        try (InputStream file = EarlierStatements.class.getResourceAsStream(FILE);
                Statement all = statements.connection.createStatement()) {
            all.execute(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
        return statements;
    }

    /** How many rows it changed or, where it gives rows, gave. */
    int execute(String name, Object... values) throws SQLException {
        String literals =
                Arrays.stream(values).map(EarlierStatements::literal).collect(Collectors.joining(", ", "(", ")"));
        try (Statement statement = connection.createStatement()) {
            boolean givesRows = statement.execute("execute " + name + (values.length == 0 ? "" : literals));
            return givesRows ? count(statement.getResultSet()) : statement.getUpdateCount();
        }
    }

    private static int count(ResultSet rows) throws SQLException {
        int count = 0;
        while (rows.next()) {
            count++;
        }
        return count;
    }

    private static String literal(Object value) {
        if (value == null) {
            return "null";
        }
        String text = value instanceof byte[] bytes ? "\\x" + HexFormat.of().formatHex(bytes) : value.toString();
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
