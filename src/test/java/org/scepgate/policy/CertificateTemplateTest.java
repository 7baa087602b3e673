package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scepgate.policy.Requests.KEY;
import static org.scepgate.policy.Requests.NOW;
import static org.scepgate.policy.Requests.binding;
import static org.scepgate.policy.Requests.csr;
import static org.scepgate.policy.Requests.dns;
import static org.scepgate.policy.Requests.dnsName;
import static org.scepgate.policy.Requests.open;
import static org.scepgate.policy.Requests.request;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateTemplateTest {

    private static CertificateTemplate template(Csr csr, Binding binding) {
        return Requests.template(EnrollmentPolicy.decide(request(csr), open(binding), NOW))
                .orElseThrow();
    }

    private static List<String> inOrder(X500Name name) {
        return Stream.of(name.getRDNs())
                .map(RDN::getFirst)
                .map(attribute -> attribute.getValue().toString())
                .toList();
    }

    @Test
    void cannotBeMadeOutsideThePolicy() {
        for (Constructor<?> constructor : CertificateTemplate.class.getDeclaredConstructors()) {
            assertThat(constructor.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED))
                    .isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // match, subject of the request as RFC 4514 text, RDNs of the certificate in the order of the DER
                "exact  | CN=device-42,OU=Lab,O=Acme | Acme Lab device-42",
                "exact  | O=Acme,OU=Lab,CN=device-42 | device-42 Lab Acme",
                "subset | CN=device-42,O=Acme        | Acme Lab device-42",
                "subset | O=Acme,CN=device-42        | device-42 Lab Acme",
                "subset | CN=device-42               | Acme Lab device-42",
                "subset | ``                         | Acme Lab device-42"
            })
    void namesTheDeviceInTheDirectionItAskedIn(String match, String asked, String expected) {
        Binding bound = binding("CN=device-42,OU=Lab,O=Acme", null, match);

        CertificateTemplate template = template(csr(asked, KEY), bound);

        assertThat(inOrder(template.subject())).containsExactly(expected.split(" "));
    }

    @Test
    void carriesTheBoundSpellingAndNeverTheRequests() {
        Binding bound = binding("CN=device-42", dns("device-42.acme.example"), "exact");
        X500Name lookAlike = new X500Name(new RDN[] {new RDN(BCStyle.CN, new DERBMPString("\uFF24EVICE-\u200B42 "))});
        Csr csr = csr(
                Requests.pkcs10(lookAlike, KEY, List.of(Requests.extensionRequest(dnsName("DEVICE-42.acme.example")))));

        CertificateTemplate template = template(csr, bound);

        assertThat(template.subject().getRDNs()[0].getFirst().getValue()).hasToString("device-42");
        assertThat(template.subjectAltNames().orElseThrow().getNames())
                .containsExactly(new GeneralName(GeneralName.dNSName, "device-42.acme.example"));
        assertThat(template.publicKey()).isEqualTo(KEY);
    }

    @Test
    void keepsRepeatedAndMultiValuedRdns() {
        Binding bound = binding("CN=JSS-1,OU=devices,CN=profile-1,SERIALNUMBER=7+UID=x", null, "exact");

        X500Name subject = template(csr("CN=JSS-1,OU=devices,CN=profile-1,UID=x+SERIALNUMBER=7", KEY), bound)
                .subject();

        assertThat(subject.getRDNs()).hasSize(4);
        assertThat(subject.getRDNs()[0].size()).isEqualTo(2);
        assertThat(subject.getRDNs(BCStyle.CN)).hasSize(2);
    }

    @Test
    void addsWhatASubsetLeftOut() {
        Binding bound = binding(null, dns("a.example", "b.example"), "subset");

        CertificateTemplate template = template(csr("", KEY, dnsName("a.example")), bound);

        assertThat(template.subjectAltNames().orElseThrow().getNames()).hasSize(2);
        assertThat(template.subject().getRDNs()).isEmpty();
        assertThat(template.subjectAltNamesCritical()).isTrue();
    }

    @Test
    void hasNoAltNamesWhereNoneIsBound() {
        CertificateTemplate template = template(csr("CN=device-42", KEY), binding("CN=device-42", null, null));

        assertThat(template.subjectAltNames()).isEmpty();
        assertThat(template.subjectAltNamesCritical()).isFalse();
    }

    @Test
    void runsFromFiveMinutesAgoForTheNarrowerValidity() {
        RequestedBinding asked = new RequestedBinding("CN=device-42", null, null, null, null, null, "P30D");
        Binding wide = new Binding(
                "demo",
                binding(asked).subject(),
                SubjectAltNames.NONE,
                Match.EXACT,
                binding(asked).publicKeySha256(),
                binding(asked).keyUsage(),
                binding(asked).extendedKeyUsage(),
                Duration.ofDays(9999));

        CertificateTemplate narrow = template(csr("CN=device-42", KEY), binding(asked));
        CertificateTemplate capped = template(csr("CN=device-42", KEY), wide);

        assertThat(narrow.notBefore()).isEqualTo(Instant.parse("2026-05-01T11:55:00Z"));
        assertThat(narrow.notAfter()).isEqualTo(Instant.parse("2026-05-31T12:00:00Z"));
        assertThat(capped.notAfter()).isEqualTo(Instant.parse("2026-07-30T12:00:00Z"));
    }

    @Test
    void leavesKeyEnciphermentOutForEcKeys() {
        Binding bound = binding("CN=device-42", null, null);

        assertThat(template(csr("CN=device-42", KEY), bound).keyUsage())
                .containsExactly(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT);
        assertThat(template(csr("CN=device-42", Requests.ec(SECObjectIdentifiers.secp256r1)), bound)
                        .keyUsage())
                .containsExactly(KeyUsage.DIGITAL_SIGNATURE);
        assertThat(template(csr("CN=device-42", KEY), bound).extendedKeyUsage()).isEqualTo(bound.extendedKeyUsage());
    }
}
