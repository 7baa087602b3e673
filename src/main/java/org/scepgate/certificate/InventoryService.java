package org.scepgate.certificate;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.scepgate.platform.ApiException;

/** Finds certificates for people. */
@Singleton
public class InventoryService {
    private static final int MORE_THAN_ONE = 2;

    private final InventoryStore store;
    private final Clock clock;

    InventoryService(InventoryStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    Uni<FoundCertificates> list(InventorySearch search) {
        return store.list(search, now());
    }

    /**
     * @param ca may be null as long as the serial number stands in one CA only
     * @return fails with {@link ApiException}: 404 if there is none, 409 if there are several
     */
    Uni<CertificateView> require(String serial, String ca) {
        return store.list(search(serial, ca), now()).map(found -> only(found.certificates()));
    }

    Uni<byte[]> requireDer(String serial, String ca) {
        return store.der(search(serial, ca), now()).map(InventoryService::only);
    }

    Instant now() {
        // What PostgreSQL keeps of an instant.
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static InventorySearch search(String serial, String ca) {
        String known = Serial.parse(serial).orElseThrow(InventoryService::unknown);
        Optional<String> issuer = Optional.ofNullable(ca).map(InventoryQuery::text);
        return new InventorySearch(InventoryFilter.bySerial(known, issuer), Optional.empty(), MORE_THAN_ONE);
    }

    private static <T> T only(List<T> found) {
        if (found.size() > 1) {
            throw ApiException.conflict("ambiguous-serial", "several CAs have this serial number: name one by ?ca=");
        }
        return found.stream().findFirst().orElseThrow(InventoryService::unknown);
    }

    private static ApiException unknown() {
        return ApiException.notFound("unknown-certificate", "there is no such certificate in the inventory");
    }
}
