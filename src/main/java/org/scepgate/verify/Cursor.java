package org.scepgate.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads rows one after another, of which the next can be looked at before it is taken; memory holds a portion. */
final class Cursor<T> implements AutoCloseable {
    private static final int PORTION = 1000;

    private final PreparedStatement statement;
    private final ResultSet rows;
    private final Reader<T> reader;
    private T next;

    /** @param connection with a transaction, or the driver would read everything at once */
    Cursor(Connection connection, String query, Reader<T> reader) throws SQLException {
        this.statement = connection.prepareStatement(query);
        this.statement.setFetchSize(PORTION);
        this.rows = statement.executeQuery();
        this.reader = reader;
        advance();
    }

    /** Makes a value of the row at hand. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Null when there are no more. */
    T peek() {
        return next;
    }

    T take() throws SQLException {
        T taken = next;
        advance();
        return taken;
    }

    private void advance() throws SQLException {
        next = rows.next() ? reader.read(rows) : null;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
