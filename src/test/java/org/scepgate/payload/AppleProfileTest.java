package org.scepgate.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.scepgate.platform.ApiException;
import org.scepgate.policy.RequestedAltNames;
import org.scepgate.testing.PropertyListReader;

class AppleProfileTest {
    private static final RequestedAltNames ADDRESS =
            new RequestedAltNames(null, null, null, List.of("192.0.2.1"), null);

    @Test
    void hasTheKeysThatAppleDocuments() throws Exception {
        Map<String, Object> content = scepContent(Enrolments.of("CN=device-42,O=Acme"));

        assertThat(content)
                .containsEntry("URL", "https://scep.example.com/scep/wifi")
                .containsEntry("Name", "wifi")
                .containsEntry("Subject", List.of(List.of(List.of("O", "Acme")), List.of(List.of("CN", "device-42"))))
                .containsEntry("Challenge", Enrolments.SECRET)
                .containsEntry("Keysize", 2048)
                .containsEntry("Key Type", "RSA")
                .containsEntry("Key Usage", 5)
                .containsEntry("Retries", 3)
                .containsEntry("RetryDelay", 10)
                .containsEntry(
                        "SubjectAltName",
                        Map.of(
                                "dNSName", List.of("a.acme.example", "b.acme.example"),
                                "rfc822Name", "a@acme.example",
                                "uniformResourceIdentifier", "urn:device:42",
                                "ntPrincipalName", "user@corp.example"));
        assertThat((byte[]) content.get("CAFingerprint"))
                .isEqualTo(MessageDigest.getInstance("SHA-1").digest(Enrolments.CA.getEncoded()));
    }

    @Test
    void keepsTypesWithoutAShortWordAndRdnsOfSeveralAttributes() {
        Map<String, Object> content =
                scepContent(Enrolments.of("CN=device-42+SERIALNUMBER=7,1.2.3.4=x,CN=\\, & \\<ü\\>,O=Acme"));

        assertThat(content.get("Subject"))
                .isEqualTo(List.of(
                        List.of(List.of("O", "Acme")),
                        List.of(List.of("CN", ", & <ü>")),
                        List.of(List.of("1.2.3.4", "x")),
                        List.of(List.of("2.5.4.5", "7"), List.of("CN", "device-42"))));
    }

    @Test
    void bringsTheCaCertificateForTrust() throws Exception {
        Map<String, Object> root = payloads(Enrolments.of("CN=a")).get(0);

        assertThat(root).containsEntry("PayloadType", "com.apple.security.root").containsEntry("PayloadVersion", 1);
        assertThat((byte[]) root.get("PayloadContent")).isEqualTo(Enrolments.CA.getEncoded());
    }

    @Test
    void isTheSameForTheSameChallengeWithAnIdentifierForEachPart() {
        byte[] first = AppleProfile.of(Enrolments.of("CN=a"));
        Map<String, Object> profile = PropertyListReader.read(first);
        List<Map<String, Object>> payloads = payloads(Enrolments.of("CN=a"));

        assertThat(AppleProfile.of(Enrolments.of("CN=a"))).isEqualTo(first);
        assertThat(List.of(
                        profile.get("PayloadUUID"),
                        payloads.get(0).get("PayloadUUID"),
                        payloads.get(1).get("PayloadUUID")))
                .doesNotHaveDuplicates()
                .allSatisfy(uuid -> assertThat((String) uuid).matches("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}"));
        assertThat(profile).containsEntry("PayloadType", "Configuration").containsKey("PayloadIdentifier");
        assertThat(new String(first, StandardCharsets.UTF_8)).contains("<!DOCTYPE plist PUBLIC \"-//Apple//DTD");
    }

    @Test
    void refusesWhatTheDeviceCouldNotAskFor() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> AppleProfile.of(Enrolments.of("CN=a", ADDRESS, "exact", Set.of(2048))))
                .satisfies(refusal -> assertThat(refusal.field()).contains("subjectAltNames.ip"))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("not-expressible"));
        assertThat(scepContent(Enrolments.of("CN=a", ADDRESS, "subset", Set.of(2048))))
                .doesNotContainKey("SubjectAltName");
    }

    @Test
    void takesTheKeyLengthThatTheProfileCertifies() {
        assertThat(scepContent(Enrolments.of("CN=a", null, "exact", Set.of(3072, 4096))))
                .containsEntry("Keysize", 4096);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> AppleProfile.of(Enrolments.of("CN=a", null, "exact", Set.of(3072))))
                .satisfies(refusal -> assertThat(refusal.field()).contains("profile"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> scepContent(Enrolment enrolment) {
        Map<String, Object> payload = payloads(enrolment).get(1);
        assertThat(payload).containsEntry("PayloadType", "com.apple.security.scep");
        return (Map<String, Object>) payload.get("PayloadContent");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> payloads(Enrolment enrolment) {
        return (List<Map<String, Object>>)
                PropertyListReader.read(AppleProfile.of(enrolment)).get("PayloadContent");
    }
}
