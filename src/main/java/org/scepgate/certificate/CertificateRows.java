package org.scepgate.certificate;

import io.vertx.mutiny.sqlclient.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.policy.CertificateContents;
import org.scepgate.policy.ExistingCertificate;

/** Reads rows of {@code certificate} that came straight through the driver. */
final class CertificateRows {
    private CertificateRows() {}

    static StoredCertificate stored(Row row) {
        X509CertificateHolder certificate = certificate(row);
        Optional<UUID> origin = Optional.ofNullable(row.getUUID("origin_challenge_id"));
        Optional<UUID> latest = Optional.ofNullable(row.getUUID("latest_challenge_id"));
        return new StoredCertificate(
                certificate,
                new ExistingCertificate(
                        row.getString("profile"),
                        CertificateContents.of(certificate),
                        row.getValue("revoked_at") != null,
                        Stream.of(origin, latest).flatMap(Optional::stream).collect(Collectors.toSet()),
                        Optional.ofNullable(row.getLong("longest_validity_sec")).map(Duration::ofSeconds),
                        successor(row)),
                origin,
                latest);
    }

    private static Optional<ExistingCertificate.Successor> successor(Row row) {
        return Optional.ofNullable(row.getBuffer("successor_der"))
                .map(der -> new ExistingCertificate.Successor(
                        row.getString("successor_request"),
                        der.getBytes(),
                        row.getOffsetDateTime("successor_not_after").toInstant(),
                        row.getValue("successor_revoked_at") != null));
    }

    static X509CertificateHolder certificate(Row row) {
        try {
            return new X509CertificateHolder(row.getBuffer("der").getBytes());
        } catch (IOException e) {
            throw new IllegalStateException("a stored certificate cannot be read", e);
        }
    }
}
