package org.scepgate.certificate;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.scepgate.ca.CaId;
import org.scepgate.ca.SignedCrl;
import org.scepgate.platform.Kept;
import org.scepgate.platform.RequestConfig;
import org.scepgate.platform.UnavailableException;

/** Gives the CRL that is published, whoever asks: GetCRL and {@code /crl} have the same. */
@Singleton
public class CrlService {
    private static final int RETRY_AFTER_SECONDS = 2;

    private final CrlStore store;
    private final CrlPublisher publisher;
    private final Duration limit;
    // One CRL of each key: large ones are read once for all who ask, and after that their number alone.
    private final Map<CaId, Kept<Optional<SignedCrl>>> latest = new ConcurrentHashMap<>();

    CrlService(CrlStore store, CrlPublisher publisher, RequestConfig requests) {
        this.store = store;
        this.publisher = publisher;
        this.limit = requests.timeout();
    }

    /** Fails with {@link UnavailableException} if there is none yet and none can be made. */
    public Uni<SignedCrl> current(Authority authority) {
        return find(authority.id())
                .chain(found -> found.map(crl -> Uni.createFrom().item(crl)).orElseGet(() -> first(authority)));
    }

    // A server that was asked before its first turn to publish.
    private Uni<SignedCrl> first(Authority authority) {
        return publisher
                .publish(authority)
                .chain(() -> find(authority.id()))
                .map(found -> found.orElseThrow(() -> new UnavailableException(
                        "the first CRL of CA " + authority.id().name() + " is being made", RETRY_AFTER_SECONDS)));
    }

    private Uni<Optional<SignedCrl>> find(CaId id) {
        return store.number(id)
                .chain(number -> number.map(current -> find(id, current))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    private Uni<Optional<SignedCrl>> find(CaId id, long number) {
        Kept<Optional<SignedCrl>> kept =
                latest.computeIfAbsent(id, any -> new Kept<>(() -> read(id), Optional::isPresent));
        Predicate<Optional<SignedCrl>> current =
                found -> found.filter(crl -> crl.number() == number).isPresent();
        // Who joins a reading that had begun before may be given the one before.
        return kept.get(current)
                .chain(found -> current.test(found) ? Uni.createFrom().item(found) : kept.get(current));
    }

    // Nobody waits longer, and who comes later must not wait for a connection that hangs.
    private Uni<Optional<SignedCrl>> read(CaId id) {
        return store.find(id)
                .ifNoItem()
                .after(limit)
                .failWith(() -> new UnavailableException(
                        "the CRL of CA " + id.name() + " cannot be read in time", RETRY_AFTER_SECONDS));
    }
}
