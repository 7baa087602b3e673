package org.scepgate.platform;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Bounds the time series of HTTP: a stranger chooses methods and paths at will, and each pair would be kept for ever. */
@Singleton
class HttpTags implements MeterFilter {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

    // Our templates, and the words that stand for what has none. A request refused before routing has its raw path.
    private static final Pattern URIS = Pattern.compile("/|root|NOT_FOUND|REDIRECTION|UNKNOWN"
            + "|/scep(/\\{profile}(/pkiclient\\.exe)?)?"
            + "|/cgi-bin/pkiclient\\.exe(/\\{profile})?"
            + "|/api/v1/(challenges|requests|transactions)(/\\{id}(/approve|/deny|/reissue|/extend)?)?"
            + "|/api/v1/challenges/batch"
            + "|/api/v1/audit"
            + "|/api/v1/certificates(/revoke|/\\{serial}(/revoke|/unhold)?)?"
            + "|/(crl|ca)/\\{file}|/ocsp/\\{ca}(/\\{request})?"
            + "|/mdm/jamf/\\{profile}/challenge"
            + "|/certsrv/(mscep|mscep_admin)(/mscep\\.dll)?(/pkiclient\\.exe)?"
            + "|/dev/token"
            + "|/q/(health|metrics|openapi|swagger-ui)(/(live|ready|started|well))?");

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith("http.server.")) {
            return id;
        }
        List<Tag> bounded = id.getTags().stream().map(HttpTags::bounded).toList();
        return id.replaceTags(bounded);
    }

    private static Tag bounded(Tag tag) {
        return switch (tag.getKey()) {
            case "method" -> METHODS.contains(tag.getValue()) ? tag : Tag.of("method", "OTHER");
            case "uri" -> URIS.matcher(tag.getValue()).matches() ? tag : Tag.of("uri", "UNMATCHED");
            default -> tag;
        };
    }
}
