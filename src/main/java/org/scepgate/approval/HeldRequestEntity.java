package org.scepgate.approval;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Formula;

/** A row of {@code held_request}; what changes it are the conditional updates of {@link ApprovalStore}. */
@Entity(name = "HeldRequest")
@Table(name = "held_request")
class HeldRequestEntity extends PanacheEntityBase {
    // The table belongs to the room that keeps certificates, which this one must not import.
    private static final String OF_CERTIFICATE =
            " from certificate c where c.ca = certificate_ca and c.serial = certificate_serial)";

    @Id
    UUID id;

    String profile;

    @Column(name = "challenge_id")
    UUID challengeId;

    @Column(name = "transaction_id")
    String transactionId;

    @Column(name = "source_address")
    String sourceAddress;

    @Column(name = "received_at")
    Instant receivedAt;

    @Column(name = "expires_at")
    Instant expiresAt;

    String subject;

    // The driver would send a String as a JSON string; through text it arrives as the document it is.
    @Column(name = "subject_alt_names")
    @ColumnTransformer(read = "cast(subject_alt_names as text)", write = "cast(cast(? as text) as jsonb)")
    String subjectAltNames;

    String key;
    byte[] csr;

    @Column(name = "spki_sha256")
    String spkiSha256;

    @Column(name = "request_sha256")
    String requestSha256;

    @Column(name = "signer_holds_key")
    boolean signerHoldsKey;

    @Column(name = "ca_key_sha256")
    String caKeySha256;

    @Column(name = "signer_serial")
    byte[] signerSerial;

    String ruling;

    @Column(name = "ruled_at")
    Instant ruledAt;

    @Column(name = "ruled_by")
    String ruledBy;

    @Column(name = "ruling_reason")
    String rulingReason;

    @Column(name = "certificate_ca")
    String certificateCa;

    @Column(name = "certificate_serial")
    byte[] certificateSerial;

    @Formula("(select c.der" + OF_CERTIFICATE)
    byte[] certificateDer;

    @Formula("(select c.not_after" + OF_CERTIFICATE)
    Instant certificateNotAfter;

    @Formula("(select c.revoked_at" + OF_CERTIFICATE)
    Instant certificateRevokedAt;
}
