package org.scepgate.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.Optional;
import org.scepgate.policy.RequestedAltNames;

/** Turns waiting requests into rows and back, so that no entity leaves the store. */
@Singleton
class HeldRows {
    private final ObjectMapper json;

    HeldRows(ObjectMapper json) {
        this.json = json;
    }

    HeldRequestEntity entityOf(HeldRequest held) {
        HeldContent content = held.content();
        HeldRequestEntity row = new HeldRequestEntity();
        row.id = held.id();
        row.profile = held.profile();
        row.challengeId = held.challengeId().orElse(null);
        row.transactionId = held.transactionId();
        row.sourceAddress = held.sourceAddress();
        row.receivedAt = held.receivedAt();
        row.expiresAt = held.expiresAt();
        row.caKeySha256 = content.caKeySha256().orElse(null);
        row.subject = content.subject();
        row.subjectAltNames = write(content.subjectAltNames());
        row.key = content.key();
        row.csr = content.csr();
        row.spkiSha256 = content.spkiSha256();
        row.requestSha256 = content.requestSha256();
        row.signerHoldsKey = content.signer().holdsKey();
        row.signerSerial =
                content.signer().serial().map(HexFormat.of()::parseHex).orElse(null);
        return row;
    }

    HeldRequest requestOf(HeldRequestEntity row) {
        return new HeldRequest(
                row.id,
                row.profile,
                row.transactionId,
                Optional.ofNullable(row.challengeId),
                contentOf(row),
                row.sourceAddress,
                row.receivedAt,
                row.expiresAt,
                Optional.ofNullable(row.ruling)
                        .map(Ruling.Kind::valueOf)
                        .map(kind -> new Ruling(kind, row.ruledBy, row.rulingReason, row.ruledAt)),
                certificateOf(row));
    }

    private HeldContent contentOf(HeldRequestEntity row) {
        return new HeldContent(
                Optional.ofNullable(row.caKeySha256),
                row.subject,
                read(row.subjectAltNames),
                row.key,
                row.csr,
                row.spkiSha256,
                row.requestSha256,
                new HeldSigner(
                        row.signerHoldsKey,
                        Optional.ofNullable(row.signerSerial).map(HexFormat.of()::formatHex)));
    }

    private static Optional<HeldCertificate> certificateOf(HeldRequestEntity row) {
        return Optional.ofNullable(row.certificateDer)
                .map(der -> new HeldCertificate(
                        HexFormat.of().formatHex(row.certificateSerial),
                        der,
                        row.certificateNotAfter,
                        row.certificateRevokedAt != null));
    }

    private String write(RequestedAltNames names) {
        try {
            return json.writeValueAsString(names);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("strings can be written as JSON", impossible);
        }
    }

    private RequestedAltNames read(String stored) {
        try {
            return json.readValue(stored, RequestedAltNames.class);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("stored names cannot be read", unreadable);
        }
    }
}
