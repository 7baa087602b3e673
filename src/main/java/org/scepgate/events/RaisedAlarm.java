package org.scepgate.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.scepgate.audit.AuditEvent;

/** The unusual pattern that an alarm is about. */
@Schema(name = "Alarm", description = "The unusual pattern that an alarm is about")
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record RaisedAlarm(
        @Schema(description = "The action in the audit log", examples = "alarm.many-enrolments")
        String kind,

        @Schema(description = "What it was seen at: an address, a client or a profile", examples = "address/192.0.2.7")
        String object,

        @Schema(description = "How often in the window", examples = "501")
        Number count,

        @Schema(examples = "PT15M") String window) {

    static RaisedAlarm of(AuditEvent entry) {
        return new RaisedAlarm(
                entry.action(),
                entry.object(),
                entry.details().get("count") instanceof Number count ? count : null,
                entry.details().get("window") instanceof String window ? window : null);
    }
}
