package org.scepgate.enrollment;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.scepgate.ca.RevocationReason;
import org.scepgate.certificate.RevocationService;
import org.scepgate.challenge.CertificateRevoker;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Caller;

/** Takes from a device that enrols anew what it had before. */
@Singleton
class ReissuedDevice implements CertificateRevoker {
    private final RevocationService revocations;

    ReissuedDevice(RevocationService revocations) {
        this.revocations = revocations;
    }

    @Override
    public void requireKnown(String reason) {
        RevocationReason.find(reason).orElseThrow(ReissuedDevice::unknown);
    }

    @Override
    public Uni<Integer> revokeIssuedFor(UUID challengeId, String reason, Caller caller, Instant now) {
        RevocationReason known = RevocationReason.find(reason).orElseThrow(ReissuedDevice::unknown);
        return revocations.revokeIssuedFor(challengeId, known, caller, now);
    }

    private static ApiException unknown() {
        return ApiException.badRequest(
                "invalid-value",
                "revoke",
                "one of "
                        + Arrays.stream(RevocationReason.values())
                                .map(RevocationReason::text)
                                .collect(Collectors.joining(", ")));
    }
}
