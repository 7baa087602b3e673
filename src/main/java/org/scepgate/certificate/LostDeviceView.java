package org.scepgate.certificate;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an order to revoke all that a device has did. */
@Schema(name = "LostDevice", description = "What was revoked now; what was before is not in it")
public record LostDeviceView(
        @Schema(description = "Serial numbers of the certificates revoked")
        List<String> revoked,

        @Schema(description = "How many open challenges were taken back")
        int challengesCancelled) {}
