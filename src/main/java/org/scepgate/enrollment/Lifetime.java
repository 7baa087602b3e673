package org.scepgate.enrollment;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.ca.CaGenerations;
import org.scepgate.ca.CaKeys;
import org.scepgate.platform.MetricNames;

/**
 * When a certificate that the service stands on ends.
 *
 * @param generation current, next or previous
 * @param role ca or ra
 */
record Lifetime(String ca, String generation, String role, X509CertificateHolder certificate) {

    static List<Lifetime> of(CaGenerations ca) {
        List<Lifetime> all = new ArrayList<>();
        add(all, "current", Optional.of(ca.current()));
        add(all, "next", ca.next());
        add(all, "previous", ca.previous());
        return all;
    }

    private static void add(List<Lifetime> all, String generation, Optional<CaKeys> keys) {
        keys.ifPresent(present -> {
            String name = present.name();
            all.add(new Lifetime(name, generation, "ca", present.authority().certificate()));
            present.registrationAuthority()
                    .ifPresent(ra -> all.add(new Lifetime(name, generation, "ra", ra.certificate())));
        });
    }

    /** Such as {@code main.current.ra}. */
    String label() {
        return ca + "." + generation + "." + role;
    }

    Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    void register(MeterRegistry metrics) {
        Gauge.builder(
                        MetricNames.CA_NOT_AFTER,
                        this,
                        lifetime -> lifetime.notAfter().getEpochSecond())
                .baseUnit("seconds")
                .tags("ca", ca, "generation", generation, "role", role)
                .strongReference(true)
                .register(metrics);
    }
}
