package org.scepgate.audit;

import jakarta.inject.Singleton;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** Writes an event as one {@code key=value} line; under JSON logging the same fields are also members of {@code mdc}. */
@Singleton
class AuditLogger {
    private static final Logger LOG = Logger.getLogger("org.scepgate.audit");

    void log(AuditEvent event) {
        if (!LOG.isLoggable(Level.INFO)) {
            return;
        }
        LogLine line = LogLine.of(event);
        ExtLogRecord entry = new ExtLogRecord(
                Level.INFO, line.text(), ExtLogRecord.FormatStyle.NO_FORMAT, AuditLogger.class.getName());
        entry.setLoggerName(LOG.getName());
        line.fields().forEach(entry::putMdc);
        LOG.log(entry);
    }
}
