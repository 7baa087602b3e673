package org.scepgate.enrollment;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.scepgate.ca.CaGenerations;
import org.scepgate.certificate.Authorities;
import org.scepgate.certificate.Authority;
import org.scepgate.enrollment.EndpointConfig.CaConfig;
import org.scepgate.enrollment.EndpointConfig.CrlConfig;
import org.scepgate.platform.ConfigurationException;

/** The CAs that profiles name, with all their keys. */
@Startup
@Singleton
class ServedAuthorities implements Authorities {
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private final List<Authority> all;

    ServedAuthorities(Profiles profiles, EndpointConfig config) {
        this.all = profiles.authorities().stream()
                .flatMap(ca -> authorities(ca, config.cas().get(ca.current().name())))
                .toList();
    }

    @Override
    public List<Authority> all() {
        return all;
    }

    private static Stream<Authority> authorities(CaGenerations ca, CaConfig config) {
        CrlConfig crl = config.crl();
        String prefix = "scepgate.cas." + ca.current().name() + ".";
        require(crl.refresh(), prefix + "crl.refresh");
        require(config.ocsp().validity(), prefix + "ocsp.validity");
        // One that is published late is still followed in time.
        if (crl.validity().compareTo(crl.refresh().multipliedBy(2)) < 0) {
            throw new ConfigurationException(prefix + "crl.validity", "must be at least twice as long as crl.refresh");
        }
        return ca.all().stream()
                .map(keys -> new Authority(
                        keys.id(),
                        keys,
                        crl.refresh(),
                        crl.validity(),
                        config.ocsp().validity()));
    }

    private static void require(Duration duration, String key) {
        if (duration.compareTo(SHORTEST) < 0) {
            throw new ConfigurationException(key, "must be at least a minute");
        }
    }
}
