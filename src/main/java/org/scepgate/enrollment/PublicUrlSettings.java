package org.scepgate.enrollment;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.scepgate.ca.CaKeys;
import org.scepgate.ca.KeyCheck;
import org.scepgate.ca.PublicUrls;
import org.scepgate.platform.ConfigurationException;

/**
 * Which URLs the certificates of a profile hold. By default all that there are, if they begin with {@code http:}, and none
 * otherwise: who fetches a CRL over TLS needs a CRL to trust that TLS (RFC 5280 section 8).
 */
final class PublicUrlSettings {
    private static final String CRL = "crl";
    private static final String CA = "ca";
    private static final String OCSP = "ocsp";
    private static final String NONE = "none";
    private static final Set<String> ALL = Set.of(CRL, CA, OCSP);

    private final String key;
    private final String base;
    private final Set<String> wanted;
    private final boolean asked;

    /** @throws ConfigurationException if {@code urls} holds another word */
    PublicUrlSettings(EndpointConfig config, String profile) {
        URI start = config.pkiBaseUrl().orElse(config.baseUrl());
        this.key = "scepgate.profiles." + profile + ".urls";
        this.base = start.toString().replaceAll("/+$", "");
        this.asked = config.profiles().get(profile).urls().isPresent();
        this.wanted = config.profiles()
                .get(profile)
                .urls()
                .map(this::read)
                .orElse("http".equalsIgnoreCase(start.getScheme()) ? ALL : Set.of());
    }

    private Set<String> read(Set<String> words) {
        Set<String> read = words.stream()
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        if (read.equals(Set.of(NONE))) {
            return Set.of();
        }
        if (read.isEmpty() || !ALL.containsAll(read)) {
            throw new ConfigurationException(key, "must be none, or some of crl, ca and ocsp");
        }
        return read;
    }

    /** The names are those of the key, not of the CA: they are right after a rollover too. */
    PublicUrls of(CaKeys ca) {
        boolean signsCrls = KeyCheck.problemOfCrlSigner(ca.authority()).isEmpty();
        if (asked && wanted.contains(CRL) && !signsCrls) {
            throw new ConfigurationException(key, "names crl, but CA " + ca.name() + " may not sign CRLs");
        }
        if (asked && wanted.contains(OCSP) && ca.ocspResponder().isEmpty()) {
            throw new ConfigurationException(key, "names ocsp, but CA " + ca.name() + " has no OCSP key");
        }
        return new PublicUrls(
                url(CRL, "/crl/" + ca.id().publicName() + ".crl", signsCrls),
                url(CA, "/ca/" + ca.id().publicName() + ".cer", true),
                url(OCSP, "/ocsp/" + ca.name(), ca.ocspResponder().isPresent()));
    }

    private Optional<String> url(String kind, String path, boolean there) {
        return Optional.of(base + path).filter(url -> there && wanted.contains(kind));
    }
}
