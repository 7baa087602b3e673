package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.scepgate.testing.ConfiguredUrls.Issuer;

/** The lint knows which URLs a server was told to write. */
class StartedServersTest {
    private static final String KEY = "0123456789abcdef".repeat(4);
    private static final String CRL = "http://localhost:81/crl/test-0123456789abcdef.crl";
    private static final String CA = "http://localhost:81/ca/test-0123456789abcdef.cer";
    private static final String OCSP = "http://localhost:81/ocsp/test";
    private static final Issuer ISSUER = new Issuer("demo", "test", KEY);
    private static final ServerSettings SETTINGS = ServerSettings.reachedAt(81)
            .with(Map.of(
                    "scepgate.cas.test.ca-keystore", "ca.p12",
                    "scepgate.cas.test.ocsp-keystore", "ocsp.p12",
                    "scepgate.profiles.demo.ca", "test"));

    @Test
    void expectAllUrlsWhereNothingElseIsSaid() {
        assertThat(urls(SETTINGS)).containsExactly(Set.of("crl " + CRL, "ca " + CA, "ocsp " + OCSP));
    }

    @Test
    void expectNoneWhereNoneAreWanted() {
        assertThat(urls(SETTINGS.with("scepgate.profiles.demo.urls", "none"))).containsExactly(Set.of());
        assertThat(urls(SETTINGS.with("scepgate.pki-base-url", "https://pki.acme.example")))
                .containsExactly(Set.of());
    }

    @Test
    void expectThoseThatAreWanted() {
        assertThat(urls(SETTINGS.with("scepgate.profiles.demo.urls", "crl,ocsp")))
                .containsExactly(Set.of("crl " + CRL, "ocsp " + OCSP));
    }

    @Test
    void expectNoOcspOfAKeyWithout() {
        assertThat(urls(SETTINGS.with("scepgate.cas.test.next.ca-keystore", "next.p12")))
                .containsExactlyInAnyOrder(
                        Set.of("crl " + CRL, "ca " + CA, "ocsp " + OCSP), Set.of("crl " + CRL, "ca " + CA));
    }

    @Test
    void expectNothingOfProfilesThatNoServerHas() {
        StartedServers servers = new StartedServers(List.of(SETTINGS));

        assertThat(servers.urls(new Issuer("other", "test", KEY))).isEmpty();
        assertThat(servers.urls(new Issuer("demo", "other", KEY))).isEmpty();
        assertThat(servers.usages("other")).isEmpty();
    }

    @Test
    void expectTheUsagesOfTheProfile() {
        ServerSettings other = SETTINGS.with(Map.of(
                "scepgate.profiles.demo.key-usage", "keyAgreement",
                "scepgate.profiles.demo.extended-key-usage", "none"));

        assertThat(new StartedServers(List.of(SETTINGS, other)).usages("demo"))
                .containsExactlyInAnyOrder(
                        Usages.named(List.of("digitalSignature", "keyEncipherment"), List.of("clientAuth")),
                        new Usages(KeyUsage.keyAgreement, List.of()));
    }

    @Test
    void readWhatACertificateHolds() {
        X509CertificateHolder none = SampleCertificate.of("CN=x", "", KeyUsage.digitalSignature);
        X509CertificateHolder revocable =
                SampleCertificate.with(none, Extension.cRLDistributionPoints, points(CRL, null));
        X509CertificateHolder all = SampleCertificate.with(revocable, Extension.authorityInfoAccess, access());

        assertThat(ConfiguredUrls.in(none)).isEmpty();
        assertThat(ConfiguredUrls.in(revocable)).containsExactly("crl " + CRL);
        assertThat(ConfiguredUrls.in(all)).containsExactlyInAnyOrder("crl " + CRL, "ca " + CA, "ocsp " + OCSP);
    }

    @Test
    void takeNoCrlOfSomeReasonsForOne() {
        X509CertificateHolder partly = SampleCertificate.with(
                SampleCertificate.of("CN=x", "", KeyUsage.digitalSignature),
                Extension.cRLDistributionPoints,
                points(CRL, new ReasonFlags(ReasonFlags.keyCompromise)));

        assertThatThrownBy(() -> ConfiguredUrls.in(partly)).isInstanceOf(AssertionError.class);
    }

    private static Set<Set<String>> urls(ServerSettings settings) {
        return new StartedServers(List.of(settings)).urls(ISSUER);
    }

    private static CRLDistPoint points(String url, ReasonFlags reasons) {
        GeneralNames names = new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, url));
        return new CRLDistPoint(
                new DistributionPoint[] {new DistributionPoint(new DistributionPointName(names), reasons, null)});
    }

    private static ASN1Encodable access() {
        return new DERSequence(Stream.of(
                        new AccessDescription(
                                AccessDescription.id_ad_ocsp,
                                new GeneralName(GeneralName.uniformResourceIdentifier, OCSP)),
                        new AccessDescription(
                                AccessDescription.id_ad_caIssuers,
                                new GeneralName(GeneralName.uniformResourceIdentifier, CA)))
                .toArray(ASN1Encodable[]::new));
    }
}
