package org.scepgate.testing;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Where a server was told to let the certificates of a profile lead: the words of {@code scepgate.profiles.*.urls}, each
 * with its URL. All CAs of the tests may sign CRLs.
 */
final class ConfiguredUrls {
    private static final String CRL = "crl ";
    private static final String CA = "ca ";
    private static final String OCSP = "ocsp ";
    private static final int KEY_DIGITS = 16;

    private final ServerSettings settings;
    private final Issuer issuer;

    /** The profile and the key of a CA that a certificate was issued by. */
    record Issuer(String profile, String ca, String keySha256) {}

    private ConfiguredUrls(ServerSettings settings, Issuer issuer) {
        this.settings = settings;
        this.issuer = issuer;
    }

    /** What a certificate may hold; there are several where the CA rolls over, and not all its keys have OCSP. */
    static Stream<Set<String>> of(ServerSettings settings, Issuer issuer) {
        ConfiguredUrls urls = new ConfiguredUrls(settings, issuer);
        String ca = "scepgate.cas." + issuer.ca() + ".";
        return issuer.ca().equals(settings.values().get("scepgate.profiles." + issuer.profile() + ".ca"))
                ? Stream.of(ca, ca + "next.").filter(urls::hasAny).map(keys -> urls.all(urls.hasAny(keys + "ocsp-")))
                : Stream.empty();
    }

    private boolean hasAny(String prefix) {
        return settings.values().keySet().stream().anyMatch(key -> key.startsWith(prefix));
    }

    private Set<String> all(boolean ocsp) {
        String base = base();
        String key = issuer.ca() + "-" + issuer.keySha256().substring(0, KEY_DIGITS);
        Set<String> all = new TreeSet<>(Set.of(CRL + base + "/crl/" + key + ".crl", CA + base + "/ca/" + key + ".cer"));
        if (ocsp) {
            all.add(OCSP + base + "/ocsp/" + issuer.ca());
        }
        Set<String> wanted = wanted();
        all.removeIf(url -> !wanted.contains(url.substring(0, url.indexOf(' '))));
        return all;
    }

    private String base() {
        String base = settings.values()
                .getOrDefault("scepgate.pki-base-url", settings.values().get("scepgate.base-url"));
        return base.replaceAll("/+$", "");
    }

    /** Who fetches a CRL over TLS needs a CRL to trust that TLS: without a word it is for plain HTTP alone. */
    private Set<String> wanted() {
        String unsaid = base().startsWith("http:") ? "crl,ca,ocsp" : "none";
        String words = settings.values().getOrDefault("scepgate.profiles." + issuer.profile() + ".urls", unsaid);
        return Set.of(words.split(","));
    }

    /** Those that a certificate holds. */
    static Set<String> in(X509CertificateHolder certificate) {
        return Stream.concat(distributionPoints(certificate), access(certificate))
                .collect(Collectors.toSet());
    }

    private static Stream<String> distributionPoints(X509CertificateHolder certificate) {
        return Optional.ofNullable(CRLDistPoint.fromExtensions(certificate.getExtensions())).stream()
                .flatMap(points -> Arrays.stream(points.getDistributionPoints()))
                .map(ConfiguredUrls::fullName)
                .flatMap(names -> Arrays.stream(names.getNames()))
                .map(name -> CRL + url(name));
    }

    /** Of all reasons and by the issuer itself. */
    private static GeneralNames fullName(DistributionPoint point) {
        boolean isWhole = point.getReasons() == null
                && point.getCRLIssuer() == null
                && point.getDistributionPoint().getType() == DistributionPointName.FULL_NAME;
        if (!isWhole) {
            throw new AssertionError("a distribution point of another kind: " + point);
        }
        return GeneralNames.getInstance(point.getDistributionPoint().getName());
    }

    private static Stream<String> access(X509CertificateHolder certificate) {
        return Optional.ofNullable(certificate.getExtension(Extension.authorityInfoAccess)).stream()
                .map(extension -> AuthorityInformationAccess.getInstance(extension.getParsedValue()))
                .flatMap(access -> Arrays.stream(access.getAccessDescriptions()))
                .map(description -> word(description) + url(description.getAccessLocation()));
    }

    private static String word(AccessDescription description) {
        boolean isOcsp = description.getAccessMethod().equals(AccessDescription.id_ad_ocsp);
        if (!isOcsp && !description.getAccessMethod().equals(AccessDescription.id_ad_caIssuers)) {
            throw new AssertionError("access of another kind: " + description);
        }
        return isOcsp ? OCSP : CA;
    }

    private static String url(GeneralName name) {
        if (name.getTagNo() != GeneralName.uniformResourceIdentifier) {
            throw new AssertionError("no URL: " + name);
        }
        return name.getName().toString();
    }
}
