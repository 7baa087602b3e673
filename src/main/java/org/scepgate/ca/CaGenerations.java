package org.scepgate.ca;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * The keys of one CA around a rollover (RFC 8894 section 4.7): those in use, those that devices may already learn of,
 * and those that some devices have not forgotten yet.
 */
public record CaGenerations(CaKeys current, Optional<CaKeys> next, Optional<CaKeys> previous) {

    /** Current, next, previous. */
    public List<CaKeys> all() {
        return Stream.of(Optional.of(current), next, previous)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether one of the keys signed this certificate; costs a signature check only if the issuer's name is right. */
    public boolean issued(X509CertificateHolder certificate) {
        return all().stream().anyMatch(keys -> keys.issued(certificate));
    }
}
