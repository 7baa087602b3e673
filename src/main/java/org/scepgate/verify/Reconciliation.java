package org.scepgate.verify;

import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.scepgate.verify.Discrepancy.Kind;

/** Compares what was written down outside with what the database knows. */
final class Reconciliation {
    private static final int PORTION = 1000;
    private static final Pattern SERIAL = Pattern.compile("(?:[0-9a-f]{2}){1,20}");

    private final Inventory inventory;
    private final Instant now;
    private final List<Discrepancy> found = new ArrayList<>();
    private int compared;
    private int ended;

    Reconciliation(Inventory inventory, Instant now) {
        this.inventory = inventory;
        this.now = now;
    }

    /** What the database lacks, in the order of the records. */
    List<Discrepancy> found() {
        return found;
    }

    int compared() {
        return compared;
    }

    /** How many are lacking whose time is over: they do no harm. */
    int ended() {
        return ended;
    }

    void compare(Collection<OutsideCertificate> certificates) throws SQLException {
        List<OutsideCertificate> all = certificates.stream()
                .filter(certificate -> SERIAL.matcher(certificate.serial()).matches())
                .toList();
        for (int from = 0; from < all.size(); from += PORTION) {
            comparePortion(all.subList(from, Math.min(all.size(), from + PORTION)));
        }
    }

    private void comparePortion(List<OutsideCertificate> portion) throws SQLException {
        Map<String, Boolean> revoked = inventory.revoked(
                portion.stream().map(OutsideCertificate::serial).toList());
        List<OutsideCertificate> missing = portion.stream()
                .filter(certificate -> !revoked.containsKey(certificate.serial()))
                .toList();
        Map<String, Optional<String>> open = inventory.open(missing.stream()
                .map(certificate -> certificate.fact("challengeId"))
                .filter(Objects::nonNull)
                .toList());
        for (OutsideCertificate certificate : portion) {
            compared++;
            compare(certificate, revoked.get(certificate.serial()));
            if (open.containsKey(certificate.fact("challengeId"))) {
                open.get(certificate.fact("challengeId")).ifPresent(device -> certificate.learn("deviceId", device));
                found.add(new Discrepancy(Kind.CHALLENGE_OPEN_AGAIN, certificate));
            }
        }
    }

    /** @param revoked null where the certificate is not there */
    private void compare(OutsideCertificate certificate, Boolean revoked) {
        if (hasEnded(certificate)) {
            ended += revoked == null ? 1 : 0;
        } else if (revoked == null) {
            found.add(new Discrepancy(Kind.CERTIFICATE_MISSING, certificate));
        } else if (certificate.isRevoked() && !revoked) {
            found.add(new Discrepancy(Kind.REVOCATION_MISSING, certificate));
        }
    }

    private boolean hasEnded(OutsideCertificate certificate) {
        try {
            return Optional.ofNullable(certificate.fact("notAfter"))
                    .map(Instant::parse)
                    .filter(now::isAfter)
                    .isPresent();
        } catch (DateTimeParseException unknown) {
            return false;
        }
    }
}
