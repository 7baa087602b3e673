package org.scepgate.certificate;

import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.scepgate.platform.ApiException;

/** The body of an order to revoke all that a device has. */
@Schema(description = "A device whose certificates are revoked")
public record LostDeviceRequest(
        @Schema(required = true, description = "As the challenges named it", examples = "42")
        String deviceId,

        @Schema(required = true, description = "CRLReason of RFC 5280", examples = "keyCompromise")
        String reason,

        @Schema(maxLength = 500, description = "Goes on record", examples = "Left in a train")
        String comment) {

    private static final Pattern DEVICE_ID = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]{1,500}");

    String requireDeviceId() {
        if (deviceId == null || !DEVICE_ID.matcher(deviceId).matches()) {
            throw ApiException.badRequest(
                    deviceId == null ? "missing-field" : "invalid-value", "deviceId", "the id of a device is required");
        }
        return deviceId;
    }

    RevokeRequest revocation() {
        return new RevokeRequest(reason, comment);
    }
}
