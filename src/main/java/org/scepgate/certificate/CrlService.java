package org.scepgate.certificate;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CRLHolder;
import org.scepgate.ca.CaId;
import org.scepgate.ca.CaKeys;
import org.scepgate.ca.CrlSigner;
import org.scepgate.ca.RevokedCertificate;
import org.scepgate.platform.CryptoPool;
import org.scepgate.platform.Turns;

/** Gives the CRL in force, and makes a new one where that is a day old or a certificate was revoked since. */
@Singleton
public class CrlService {
    private static final Duration VALIDITY = Duration.ofDays(7);
    private static final Duration REFRESH = Duration.ofDays(1);

    private final CrlStore store;
    private final CryptoPool crypto;
    private final Clock clock;

    CrlService(CrlStore store, CryptoPool crypto, Clock clock) {
        this.store = store;
        this.crypto = crypto;
        this.clock = clock;
    }

    /** @return the CRL of this key; fails with {@code UnavailableException} if the key does not sign */
    public Uni<X509CRLHolder> current(CaKeys ca) {
        return Turns.take("the CRL", () -> turn(ca, ca.id()));
    }

    private Uni<Optional<X509CRLHolder>> turn(CaKeys ca, CaId id) {
        // A CRL tells whole seconds, and what is revoked within the second it was made in must count as later.
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return store.find(id)
                .chain(found -> found.filter(stored -> isFresh(stored, now))
                        .map(stored -> Uni.createFrom().item(Optional.of(stored.crl())))
                        .orElseGet(() -> renew(ca, id, found, now)));
    }

    private static boolean isFresh(CrlStore.Stored stored, Instant now) {
        return !stored.outdated() && now.isBefore(stored.thisUpdate().plus(REFRESH));
    }

    private Uni<Optional<X509CRLHolder>> renew(CaKeys ca, CaId id, Optional<CrlStore.Stored> last, Instant now) {
        long number = last.map(stored -> stored.number() + 1).orElse(1L);
        Instant since = last.map(CrlStore.Stored::thisUpdate).orElse(Instant.EPOCH);
        return store.revoked(id, since)
                .chain(revoked -> crypto.runAdmitted(() -> sign(ca, revoked, number, now)))
                .chain(crl -> store.replace(id, number, crl).map(first -> first ? Optional.of(crl) : Optional.empty()));
    }

    private static X509CRLHolder sign(CaKeys ca, List<RevokedCertificate> revoked, long number, Instant now) {
        return new CrlSigner(ca).sign(revoked, BigInteger.valueOf(number), now, VALIDITY);
    }
}
