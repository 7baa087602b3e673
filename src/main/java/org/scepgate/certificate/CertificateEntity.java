package org.scepgate.certificate;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code certificate}. */
@Entity(name = "Certificate")
@Table(name = "certificate")
@IdClass(CertificateKey.class)
class CertificateEntity extends PanacheEntityBase {
    @Id
    String ca;

    @Id
    byte[] serial;

    @Column(name = "id")
    UUID inventoryId;

    String profile;

    @Column(name = "challenge_id")
    UUID challengeId;

    String subject;

    @Column(name = "subject_alt_names")
    String subjectAltNames;

    @Column(name = "spki_sha256")
    String spkiSha256;

    @Column(name = "request_sha256")
    String requestSha256;

    @Column(name = "not_before")
    Instant notBefore;

    @Column(name = "not_after")
    Instant notAfter;

    byte[] der;

    @Column(name = "ca_key_sha256")
    String caKeySha256;

    @Column(name = "renewed_serial")
    byte[] renewedSerial;

    /** Another certificate renews the same one for the same key, because this one ended. */
    boolean replaced;

    @Column(name = "revoked_at")
    Instant revokedAt;

    @Column(name = "origin_challenge_id")
    UUID originChallengeId;

    @Column(name = "latest_challenge_id")
    UUID latestChallengeId;

    @Column(name = "longest_validity_sec")
    Long longestValiditySec;

    @Column(name = "issued_at")
    Instant issuedAt;
}
