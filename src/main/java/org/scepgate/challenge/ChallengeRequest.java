package org.scepgate.challenge;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.scepgate.platform.ApiException;
import org.scepgate.policy.RequestedAltNames;
import org.scepgate.policy.RequestedBinding;
import org.scepgate.policy.RequestedPatterns;

/** The body of a request for a challenge; what is left out is as the profile has it. */
@Schema(description = "What a device's certificate may contain, and how long the device may take to ask for it")
public record ChallengeRequest(
        @Schema(required = true, examples = "demo") String profile,

        @Schema(
                description = "Distinguished name (RFC 4514); may be left out if there are subject alternative names",
                examples = "CN=device-42,O=Acme")
        String subject,

        AltNames subjectAltNames,

        @Schema(
                description = "exact: the request of the device has exactly these names."
                        + " subset: it may leave some out, which are then added; it never adds any."
                        + " pattern: it chooses names within subjectPattern and subjectAltNamePatterns",
                enumeration = {"exact", "subset", "pattern"},
                defaultValue = "exact")
        String match,

        @Schema(description = "How long it can be used (ISO 8601), within the profile's bounds", examples = "PT1H")
        String ttl,

        @Schema(description = "The caller's name for the device, to search by", maxLength = 200, examples = "42")
        String deviceId,

        @Schema(description = "SHA-256 of the SubjectPublicKeyInfo in hex: only this key gets a certificate")
        String publicKeySha256,

        @Schema(description = "May only narrow the profile's", examples = "[\"digitalSignature\"]")
        List<String> keyUsage,

        @Schema(description = "May only narrow the profile's; names or OIDs", examples = "[\"clientAuth\"]")
        List<String> extendedKeyUsage,

        @Schema(description = "May only shorten the profile's (ISO 8601)", examples = "P90D")
        String validity,

        @Schema(
                description = "SID of the account in Active Directory that the certificate is to be mapped to:"
                        + " it becomes extension 1.3.6.1.4.1.311.25.2, whatever the CSR says",
                examples = "S-1-5-21-1004336348-1177238915-682003330-1104")
        String securityIdentifier,

        @Schema(description = "With match: pattern, one entry for each RDN, in the order of RFC 4514 text")
        List<RdnPattern> subjectPattern,

        @Schema(description = "With match: pattern; what is not named is refused")
        AltNamePatterns subjectAltNamePatterns) {

    private static final Pattern DEVICE_ID = Pattern.compile("[^\\p{Cntrl}\\p{Cs}\\u2028\\u2029]{1,200}");

    NewChallenge toNewChallenge() {
        if (profile == null) {
            throw ApiException.badRequest("missing-field", "profile", "a profile is required");
        }
        RequestedAltNames names = subjectAltNames == null ? RequestedAltNames.NONE : subjectAltNames.asked();
        RequestedBinding asked = new RequestedBinding(
                subject,
                names,
                match,
                publicKeySha256,
                keyUsage,
                extendedKeyUsage,
                validity,
                securityIdentifier,
                patterns());
        return new NewChallenge(profile, asked, timeToLive(ttl), checkedDeviceId(deviceId));
    }

    private RequestedPatterns patterns() {
        return subjectPattern == null && subjectAltNamePatterns == null
                ? null
                : new RequestedPatterns(
                        subjectPattern == null
                                ? null
                                : subjectPattern.stream().map(RdnPattern::asked).toList(),
                        subjectAltNamePatterns == null ? null : subjectAltNamePatterns.asked());
    }

    /** Refuses what PostgreSQL cannot hold and what a log or a console cannot show. */
    static Optional<String> checkedDeviceId(String given) {
        if (given != null && !DEVICE_ID.matcher(given).matches()) {
            throw ApiException.badRequest(
                    "invalid-value",
                    "deviceId",
                    "a device id has 1 to 200 characters, none of them a control character");
        }
        return Optional.ofNullable(given);
    }

    static Optional<Duration> timeToLive(String text) {
        try {
            return Optional.ofNullable(text).map(Duration::parse);
        } catch (DateTimeParseException unreadable) {
            throw ApiException.badRequest("invalid-value", "ttl", "a duration is written like PT1H (ISO 8601)");
        }
    }
}
