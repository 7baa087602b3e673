package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpTagsTest {

    @ParameterizedTest
    @CsvSource({
        "GET,     /scep/{profile},             GET,   /scep/{profile}",
        "POST,    /api/v1/challenges,          POST,  /api/v1/challenges",
        "DELETE,  /api/v1/challenges/{id},     DELETE, /api/v1/challenges/{id}",
        "POST,    /api/v1/challenges/batch,    POST,  /api/v1/challenges/batch",
        "POST,    /api/v1/challenges/{id}/extend, POST, /api/v1/challenges/{id}/extend",
        "POST,    /api/v1/requests/{id}/deny,  POST,  /api/v1/requests/{id}/deny",
        "GET,     NOT_FOUND,                   GET,   NOT_FOUND",
        "XYZZY1,  NOT_FOUND,                   OTHER, NOT_FOUND",
        "get,     /,                           OTHER, /",
        "POST,    /api/v1/made-up,             POST,  UNMATCHED",
        "POST,    /api/v1/challenges/42,       POST,  UNMATCHED",
        "POST,    /api/v1/certificates/{serial}/revoke, POST, /api/v1/certificates/{serial}/revoke",
        "GET,     /crl/{file},                 GET,   /crl/{file}",
        "GET,     /ocsp/{ca}/{request},        GET,   /ocsp/{ca}/{request}",
        "GET,     /wp-login.php,               GET,   UNMATCHED"
    })
    void keepsWhatIsOursAndFoldsWhatStrangersMadeUp(String method, String uri, String keptMethod, String keptUri) {
        Meter.Id mapped = new HttpTags().map(id("http.server.requests", method, uri));

        assertThat(mapped.getTag("method")).isEqualTo(keptMethod);
        assertThat(mapped.getTag("uri")).isEqualTo(keptUri);
        assertThat(mapped.getTag("status")).isEqualTo("200");
    }

    @ParameterizedTest
    @CsvSource({"XYZZY1, /elsewhere"})
    void leavesOtherMetersAlone(String method, String uri) {
        Meter.Id id = id("http.client.requests", method, uri);

        assertThat(new HttpTags().map(id)).isSameAs(id);
    }

    private static Meter.Id id(String name, String method, String uri) {
        Tags tags = Tags.of("method", method, "uri", uri, "status", "200");
        return new Meter.Id(name, tags, null, null, Meter.Type.TIMER);
    }
}
