package org.scepgate.challenge;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Formula;

/** A row of {@code challenge}; what changes it are the conditional updates of {@link ChallengeStore}. */
@Entity(name = "Challenge")
@Table(name = "challenge")
class ChallengeEntity extends PanacheEntityBase {
    private static final String OF_REQUEST = " from held_request h where h.challenge_id = id)";

    @Id
    UUID id;

    @Column(name = "secret_mac")
    byte[] secretMac;

    String profile;

    @Column(name = "device_id")
    String deviceId;

    @Column(name = "created_by")
    String createdBy;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "expires_at")
    Instant expiresAt;

    // The driver would send a String as a JSON string; through text it arrives as the document it is.
    @ColumnTransformer(read = "cast(binding as text)", write = "cast(cast(? as text) as jsonb)")
    String binding;

    @Column(name = "spent_at")
    Instant spentAt;

    @Column(name = "cancelled_at")
    Instant cancelledAt;

    @Column(name = "locked_at")
    Instant lockedAt;

    @Column(name = "held_at")
    Instant heldAt;

    @Column(name = "failed_attempts")
    int failedAttempts;

    UUID replaces;

    @Formula("(select r.id from challenge r where r.replaces = id)")
    UUID replacedBy;

    // The table belongs to the room that keeps certificates, which this one must not import.
    @Formula("(select encode(c.serial, 'hex') from certificate c where c.challenge_id = id)")
    String certificateSerial;

    // Likewise the room of the requests that wait.
    @Formula("(select h.id" + OF_REQUEST)
    UUID heldRequestId;

    @Formula("(select h.ruling" + OF_REQUEST)
    String heldRuling;

    @Formula("(select h.expires_at" + OF_REQUEST)
    Instant heldUntil;
}
