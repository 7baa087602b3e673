package org.scepgate.certificate;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.NextPage;
import org.scepgate.platform.Paging;
import org.scepgate.platform.QueryValues;

/** The query of a list of certificates, as it came. */
public class InventoryQuery {
    private static final int LONGEST = 1024;
    private static final int FIRST_YEAR = 1;

    @Parameter(description = "Only those with this serial number, in hex")
    @QueryParam("serial")
    String serial;

    @Parameter(
            description =
                    "Only those with this subject, such as CN=device-42,O=Acme, in any case; with a star at the end,"
                            + " those whose subject begins so. The first 200 characters count.")
    @QueryParam("subject")
    String subject;

    @Parameter(
            description =
                    "Only those with this alternative name, without its type, in any case; with a star at the end,"
                            + " those with one that begins so. The first 200 characters count.")
    @QueryParam("san")
    String san;

    @Parameter(description = "Only those of this device")
    @QueryParam("deviceId")
    String deviceId;

    @Parameter(description = "Only those of this profile")
    @QueryParam("profile")
    String profile;

    @Parameter(description = "Only those of this CA")
    @QueryParam("ca")
    String ca;

    @Parameter(description = "Only those in this state", schema = @Schema(implementation = CertificateState.class))
    @QueryParam("state")
    String state;

    @Parameter(
            description = "Only those whose end is at this time or later",
            schema = @Schema(implementation = Instant.class))
    @QueryParam("expiresAfter")
    String expiresAfter;

    @Parameter(
            description = "Only those whose end is before this time",
            schema = @Schema(implementation = Instant.class))
    @QueryParam("expiresBefore")
    String expiresBefore;

    @Parameter(description = "How many at most, 1 to 200", schema = @Schema(implementation = Integer.class))
    @QueryParam("limit")
    @DefaultValue("50")
    String limit;

    @Parameter(description = "Where the page before ended: next has it")
    @QueryParam("after")
    String after;

    InventorySearch search() {
        InventoryFilter filter = new InventoryFilter(
                Optional.ofNullable(serial).map(InventoryQuery::serialOf),
                names(),
                Optional.ofNullable(deviceId).map(InventoryQuery::text),
                Optional.ofNullable(profile).map(InventoryQuery::text),
                Optional.ofNullable(ca).map(InventoryQuery::text),
                Optional.ofNullable(state).map(text -> QueryValues.oneOf(CertificateState.values(), "state", text)),
                QueryValues.time("expiresAfter", expiresAfter, FIRST_YEAR),
                QueryValues.time("expiresBefore", expiresBefore, FIRST_YEAR));
        InventoryOrder order = filter.statement().order();
        return new InventorySearch(filter, InventoryPosition.read(after, order), limit());
    }

    private int limit() {
        return Paging.limit(limit);
    }

    URI nextPage(InventoryPosition last) {
        return NextPage.of(CertificateResource.class)
                .parameter("serial", serial)
                .parameter("subject", subject)
                .parameter("san", san)
                .parameter("deviceId", deviceId)
                .parameter("profile", profile)
                .parameter("ca", ca)
                .parameter("state", state)
                .parameter("expiresAfter", expiresAfter)
                .parameter("expiresBefore", expiresBefore)
                .parameter("limit", limit())
                .after(last.toString());
    }

    private List<InventoryName> names() {
        return Stream.concat(
                        Stream.ofNullable(san).map(name -> InventoryName.of(InventoryName.Kind.ALT_NAME, text(name))),
                        Stream.ofNullable(subject)
                                .map(name -> InventoryName.of(InventoryName.Kind.SUBJECT, text(name))))
                .sorted(Comparator.comparing(name -> !name.isWhole()))
                .toList();
    }

    /** What PostgreSQL takes as text; anything else is found nowhere, and that is the answer. */
    static String text(String given) {
        String sound = QueryValues.text(given);
        return sound.length() <= LONGEST ? sound : sound.substring(0, LONGEST);
    }

    private static String serialOf(String text) {
        return Serial.parse(text)
                .orElseThrow(() -> ApiException.badRequest("invalid-value", "serial", "1 to 20 bytes in hex"));
    }
}
