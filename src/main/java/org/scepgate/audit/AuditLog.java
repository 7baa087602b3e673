package org.scepgate.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.scepgate.platform.TimeOrderedId;

/** Appends events to the audit trail, each as a row and as a line of the log. */
@Singleton
public class AuditLog {
    private final ObjectMapper json;
    private final AuditLogger logger;

    AuditLog(ObjectMapper json, AuditLogger logger) {
        this.json = json;
        this.logger = logger;
    }

    /**
     * Writes the row in the caller's transaction, then the line. Append last: what the session still holds back is
     * written before the row, so that after the line only the commit itself can fail.
     */
    public Uni<Void> append(AuditEvent event) {
        return row(event).persistAndFlush().invoke(() -> logger.log(event)).replaceWithVoid();
    }

    private AuditEntity row(AuditEvent event) {
        AuditEntity row = new AuditEntity();
        row.id = TimeOrderedId.at(event.at());
        row.at = event.at();
        row.actor = event.actor();
        row.sourceAddress = event.sourceAddress();
        row.action = event.action();
        row.object = event.object();
        row.outcome = event.outcome();
        row.reason = event.reason();
        row.details = detailsOf(event);
        return row;
    }

    private String detailsOf(AuditEvent event) {
        try {
            // PostgreSQL's jsonb has no U+0000; a device may have put one into a name.
            return json.writeValueAsString(event.details()).replace("\\u0000", "\\uFFFD");
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("details of " + event.action() + " cannot be written", unwritable);
        }
    }
}
