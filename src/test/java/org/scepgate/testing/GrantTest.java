package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lint of all that a run issued finds what differs from what was granted. */
class GrantTest {
    private static final String SUBJECT = "CN=device-1,O=Acme";
    private static final String NAMES = "dns:a.acme.example, ip:2001:db8::1, upn:a@acme.example";
    private static final int BOTH = KeyUsage.digitalSignature | KeyUsage.keyEncipherment;
    private static final Usages PROFILE =
            Usages.named(List.of("digitalSignature", "keyEncipherment"), List.of("clientAuth"));
    private static final String USAGES = """
            "keyUsage": ["digitalSignature", "keyEncipherment"], "extendedKeyUsage": ["clientAuth"]
            """;
    private static final String EXACT = """
            {"subject": "CN=device-1,O=Acme", %s, "subjectAltNames":
             {"dns": ["a.acme.example"], "email": [], "uri": [], "ip": ["2001:DB8::1"], "upn": ["a@acme.example"]}}
            """.formatted(USAGES);
    private static final String PATTERNS = """
            {"subject": "", %s, "patterns": {
             "subject": [{"type": "CN", "pattern": "^device-[0-9]$"}, {"type": "O", "value": "Acme"}],
             "subjectAltNames": {"dns": {"values": ["fixed.acme.example"], "patterns": ["^[a-c][.]acme[.]example$"],
                                         "min": 1, "max": 2}}}}
            """.formatted(USAGES);
    private static final String LEFT = """
            {"subjectAltNames": "dns:a.acme.example", "keyUsage": "[digitalSignature]", "extendedKeyUsage": "[clientAuth]"}
            """;

    @ParameterizedTest
    @ValueSource(strings = {SUBJECT, "O=Acme,CN=device-1"})
    void takesWhatWasBound(String subject) {
        Grant.ofChallenge(json(EXACT)).requireIn(certificate(subject, NAMES, BOTH));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=device-2,O=Acme | dns:a.acme.example, ip:2001:db8::1, upn:a@acme.example | 160",
                "CN=device-1,O=Acme | dns:b.acme.example, ip:2001:db8::1, upn:a@acme.example | 160",
                "CN=device-1,O=Acme | dns:a.acme.example, ip:2001:db8::2, upn:a@acme.example | 160",
                "CN=device-1,O=Acme | dns:a.acme.example, ip:2001:db8::1, upn:b@acme.example | 160",
                "CN=device-1,O=Acme | dns:a.acme.example, ip:2001:db8::1, email:a@acme.example | 160",
                "CN=device-1,O=Acme | dns:a.acme.example, ip:2001:db8::1 | 160",
                "CN=device-1,O=Acme | dns:a.acme.example, ip:2001:db8::1, upn:a@acme.example, dns:b.acme.example | 160",
                "CN=device-1,O=Acme | dns:a.acme.example, ip:2001:db8::1, upn:a@acme.example | 128",
                "CN=device-1,O=Acme | dns:a.acme.example, ip:2001:db8::1, upn:a@acme.example | 161"
            })
    void findsWhatWasNotBound(String subject, String names, int usage) {
        requireFault(json(EXACT), certificate(subject, names, usage));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dns:fixed.acme.example", "dns:c.acme.example", "dns:b.acme.example, dns:a.acme.example"})
    void takesNamesThatFit(String names) {
        Grant.ofChallenge(json(PATTERNS)).requireIn(certificate(SUBJECT, names, BOTH));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=device-1,O=Acme | dns:d.acme.example",
                "CN=device-1,O=Acme | dns:a.acme.example, dns:b.acme.example, dns:c.acme.example",
                "CN=device-1,O=Acme | dns:a.acme.example, email:a@acme.example",
                "CN=device-1,O=Acme | ''",
                "CN=device-10,O=Acme | dns:a.acme.example",
                "CN=device-1,O=Other | dns:a.acme.example",
                "OU=device-1,O=Acme | dns:a.acme.example",
                "CN=device-1 | dns:a.acme.example"
            })
    void findsNamesThatDoNotFit(String subject, String names) {
        requireFault(json(PATTERNS), certificate(subject, names, BOTH));
    }

    @Test
    void findsAnAccountThatWasNotBound() {
        JsonNode binding = json(EXACT.replaceFirst("\\{", "{\"securityIdentifier\": \"S-1-5-21-1\", "));

        assertThatCode(() -> Grant.ofChallenge(binding)
                        .requireIn(SampleCertificate.withAccount(certificate(SUBJECT, NAMES, BOTH), "S-1-5-21-1")))
                .doesNotThrowAnyException();
        requireFault(binding, certificate(SUBJECT, NAMES, BOTH));
        requireFault(binding, SampleCertificate.withAccount(certificate(SUBJECT, NAMES, BOTH), "S-1-5-21-2"));
    }

    @Test
    void comparesARenewalWithWhatItRenews() {
        X509CertificateHolder old = certificate(SUBJECT, NAMES, KeyUsage.digitalSignature);
        Grant renewal = Grant.ofRenewal(old, Optional.empty(), Set.of(PROFILE));
        Grant granted = Grant.ofRenewal(old, Optional.of(json(EXACT)), Set.of(PROFILE));

        renewal.requireIn(certificate(SUBJECT, NAMES, KeyUsage.digitalSignature));
        granted.requireIn(certificate(SUBJECT, NAMES, BOTH));
        requireFault(renewal, certificate(SUBJECT, NAMES, BOTH));
        requireFault(granted, certificate(SUBJECT, NAMES, KeyUsage.digitalSignature));
        requireFault(renewal, certificate("CN=device-2,O=Acme", NAMES, KeyUsage.digitalSignature));
        requireFault(renewal, certificate(SUBJECT, "dns:a.acme.example", KeyUsage.digitalSignature));
    }

    @Test
    void comparesWhatAPersonApprovedWithTheRequest() {
        Grant approval = Grant.ofApproval(SUBJECT, json(EXACT).get("subjectAltNames"), Set.of(PROFILE));

        approval.requireIn(certificate(SUBJECT, NAMES, BOTH));
        requireFault(approval, certificate(SUBJECT, "dns:a.acme.example", BOTH));
        requireFault(approval, certificate(SUBJECT, NAMES, KeyUsage.keyEncipherment));
    }

    @Test
    void comparesWithWhatAnEndpointLeft() {
        Grant grant = Grant.ofChallenge(json(EXACT));
        X509CertificateHolder narrowed = certificate(SUBJECT, "dns:a.acme.example", KeyUsage.digitalSignature);

        grant.requireIn(narrowed, json(LEFT));
        assertThatThrownBy(() -> grant.requireIn(certificate(SUBJECT, NAMES, BOTH), json(LEFT)))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Grant.ofChallenge(json(EXACT.replace("a.acme", "b.acme")))
                        .requireIn(narrowed, json(LEFT)))
                .isInstanceOf(AssertionError.class);
    }

    private static void requireFault(JsonNode binding, X509CertificateHolder certificate) {
        requireFault(Grant.ofChallenge(binding), certificate);
    }

    private static void requireFault(Grant grant, X509CertificateHolder certificate) {
        assertThatThrownBy(() -> grant.requireIn(certificate)).isInstanceOf(AssertionError.class);
    }

    private static X509CertificateHolder certificate(String subject, String names, int usage) {
        return SampleCertificate.of(subject, names, usage);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
