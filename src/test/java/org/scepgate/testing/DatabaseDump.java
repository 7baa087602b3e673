package org.scepgate.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Every row of every table as text; bytes are in hex there. */
public final class DatabaseDump {
    private static final int AT_ONCE = 1000;

    private DatabaseDump() {}

    public static String of(TestPostgres.Database database) {
        StringBuilder rows = new StringBuilder();
        forEachRow(database, row -> rows.append(row).append('\n'));
        return rows.toString();
    }

    /** One after the other: a long run leaves more of them than the memory has room for. */
    public static void forEachRow(TestPostgres.Database database, Consumer<String> use) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            // Else the driver reads all before it gives the first.
            connection.setAutoCommit(false);
            statement.setFetchSize(AT_ONCE);
            for (String table : tables(connection)) {
                try (ResultSet found = statement.executeQuery("select t::text from \"" + table + "\" t")) {
                    while (found.next()) {
                        use.accept(found.getString(1));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> tables(Connection connection) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (ResultSet tables = connection.getMetaData().getTables(null, "public", null, new String[] {"TABLE"})) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        return names;
    }
}
