package org.scepgate.challenge;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.scepgate.policy.RequestedAltNames;
import org.scepgate.policy.SubjectAltNames;

/** Subject alternative names in JSON; an absent list is an empty one. */
@Schema(description = "Subject alternative names by type")
public record AltNames(
        @Schema(examples = "[\"device-42.acme.example\"]") List<String> dns,
        List<String> email,
        List<String> uri,
        List<String> ip,

        @Schema(description = "Microsoft's user principal names (otherName 1.3.6.1.4.1.311.20.2.3)")
        List<String> upn) {

    static AltNames of(SubjectAltNames names) {
        return new AltNames(names.dns(), names.email(), names.uri(), names.ip(), names.upn());
    }

    RequestedAltNames asked() {
        return new RequestedAltNames(dns, email, uri, ip, upn);
    }
}
