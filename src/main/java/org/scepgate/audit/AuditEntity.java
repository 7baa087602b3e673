package org.scepgate.audit;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/** A row of {@code audit_event}. */
@Entity(name = "AuditEvent")
@Table(name = "audit_event")
@Immutable
class AuditEntity extends PanacheEntityBase {
    @Id
    UUID id;

    Instant at;
    String actor;

    @Column(name = "source_address")
    String sourceAddress;

    String action;
    String object;
    String outcome;
    String reason;

    // The driver would send a String as a JSON string; through text it arrives as the document it is.
    @ColumnTransformer(read = "cast(details as text)", write = "cast(cast(? as text) as jsonb)")
    String details;
}
