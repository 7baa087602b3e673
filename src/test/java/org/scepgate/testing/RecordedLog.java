package org.scepgate.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** What this JVM writes to a log, and those below it, until it is closed. */
public final class RecordedLog implements AutoCloseable {
    private final Logger logger;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(ExtLogRecord.wrap(line).getFormattedMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private RecordedLog(Logger logger) {
        this.logger = logger;
        logger.addHandler(handler);
    }

    /** @param name empty for all */
    public static RecordedLog of(String name) {
        return new RecordedLog(Logger.getLogger(name));
    }

    /** With what was put into their text. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }
}
