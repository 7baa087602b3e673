package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.scepgate.policy.Requests.PROFILE;
import static org.scepgate.policy.Requests.asked;
import static org.scepgate.policy.Requests.dns;
import static org.scepgate.policy.Requests.usages;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.testing.TestProfile;

class BindingTest {

    private static final String SUBJECT = "CN=device-42,O=Acme";
    private static final String DIGEST = "0123456789ABCDEF".repeat(4);

    @Test
    void takesTheProfilesOwnWhereNothingIsAsked() throws InvalidBindingException {
        Binding binding = Binding.of(asked(SUBJECT, null, null), PROFILE);

        assertThat(binding.profile()).isEqualTo("demo");
        assertThat(binding.subject()).hasToString(SUBJECT);
        assertThat(binding.subjectAltNames()).isEqualTo(SubjectAltNames.NONE);
        assertThat(binding.match()).isEqualTo(Match.EXACT);
        assertThat(binding.publicKeySha256()).isEmpty();
        assertThat(binding.keyUsage()).containsExactly(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT);
        assertThat(binding.extendedKeyUsage()).isEqualTo(PROFILE.extendedKeyUsage());
        assertThat(binding.validity()).isEqualTo(Duration.ofDays(90));
    }

    @Test
    void narrowsTheProfile() throws InvalidBindingException {
        RequestedBinding asked = new RequestedBinding(
                null,
                dns("device-42.acme.example"),
                "subset",
                DIGEST,
                List.of("digitalSignature", "digitalSignature"),
                List.of("1.3.6.1.5.5.7.3.2"),
                "P30D");

        Binding binding = Binding.of(asked, PROFILE);

        assertThat(binding.subject().isEmpty()).isTrue();
        assertThat(binding.subjectAltNames().dns()).containsExactly("device-42.acme.example");
        assertThat(binding.match()).isEqualTo(Match.SUBSET);
        assertThat(binding.publicKeySha256()).contains(DIGEST.toLowerCase(java.util.Locale.ROOT));
        assertThat(binding.keyUsage()).isEqualTo(Set.of(KeyUsage.DIGITAL_SIGNATURE));
        assertThat(binding.extendedKeyUsage()).isEqualTo(usages("clientAuth"));
        assertThat(binding.validity()).isEqualTo(Duration.ofDays(30));
    }

    private static RequestedBinding with(String digest, List<String> usage, List<String> purposes, String validity) {
        return new RequestedBinding(SUBJECT, null, null, digest, usage, purposes, validity);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("subject", asked(null, null, null)),
                Arguments.of("subject", asked("  ", RequestedAltNames.NONE, null)),
                Arguments.of("subject", asked("device-42", null, null)),
                Arguments.of("subject", asked("CN=acme  device CA,O=ACME", null, null)),
                Arguments.of("subject", asked("O=Acme,CN=Acme Device CA", null, "subset")),
                Arguments.of("subjectAltNames.dns[1]", asked(SUBJECT, dns("a.example", "b..example"), null)),
                Arguments.of(
                        "subjectAltNames.ip[0]",
                        asked(SUBJECT, new RequestedAltNames(null, null, null, List.of("localhost"), null), null)),
                Arguments.of("match", asked(SUBJECT, null, "EXACT")),
                Arguments.of("match", asked(SUBJECT, null, "")),
                Arguments.of("publicKeySha256", with("", null, null, null)),
                Arguments.of("publicKeySha256", with(DIGEST + "0", null, null, null)),
                Arguments.of("publicKeySha256", with("g" + DIGEST.substring(1), null, null, null)),
                Arguments.of("keyUsage", with(null, List.of(), null, null)),
                Arguments.of("keyUsage[0]", with(null, List.of("sign"), null, null)),
                Arguments.of("keyUsage[1]", with(null, List.of("digitalSignature", "keyAgreement"), null, null)),
                Arguments.of("keyUsage[0]", with(null, List.of("keyCertSign"), null, null)),
                Arguments.of("keyUsage[0]", with(null, Collections.singletonList(null), null, null)),
                Arguments.of("keyUsage", with(null, Collections.nCopies(33, "digitalSignature"), null, null)),
                Arguments.of("extendedKeyUsage", with(null, null, List.of(), null)),
                Arguments.of("extendedKeyUsage[1]", with(null, null, List.of("clientAuth", "serverAuth"), null)),
                Arguments.of("extendedKeyUsage[0]", with(null, null, List.of("anyExtendedKeyUsage"), null)),
                Arguments.of("extendedKeyUsage[0]", with(null, null, List.of("x"), null)),
                Arguments.of("validity", with(null, null, null, "90 days")),
                Arguments.of("validity", with(null, null, null, "P1Y")),
                Arguments.of("validity", with(null, null, null, "PT0S")),
                Arguments.of("validity", with(null, null, null, "PT0.5S")),
                Arguments.of("validity", with(null, null, null, "-P1D")),
                Arguments.of("validity", with(null, null, null, "P91D")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void refusesWhatThePolicyWouldRefuseLaterAndNamesTheField(String field, RequestedBinding asked) {
        assertThatExceptionOfType(InvalidBindingException.class)
                .isThrownBy(() -> Binding.of(asked, PROFILE))
                .satisfies(fault -> assertThat(fault.field()).isEqualTo(field))
                .satisfies(fault -> assertThat(fault.getMessage()).isNotBlank().hasSizeLessThan(400));
    }

    @Test
    void readsBackANameThatHasOutgrownTheLimitOfWhatACallerMayWrite() throws Exception {
        String invisible = "a" + "\u200D".repeat(255);
        String subject = "CN=%1$s,OU=%1$s,O=%1$s,E=a@acme.example".formatted(invisible);

        DistinguishedName bound =
                Binding.of(asked(subject, null, null), PROFILE).subject();

        assertThat(bound.toString()).hasSizeGreaterThan(4096);
        assertThat(DistinguishedName.parseStored(bound.toString())).isEqualTo(bound);
    }

    @Test
    void refusesMoreAttributesInOneRdnThanARequestMayHave() throws Exception {
        String sixteen =
                IntStream.range(0, 16).mapToObj(i -> "1.2.3." + i + "=a").collect(Collectors.joining("+"));

        assertThat(Binding.of(asked(sixteen, null, null), PROFILE).subject()).hasToString(sixteen);
        assertThatExceptionOfType(InvalidBindingException.class)
                .isThrownBy(() -> Binding.of(asked(sixteen + "+CN=a", null, null), PROFILE))
                .satisfies(fault -> assertThat(fault.field()).isEqualTo("subject"));
    }

    @Test
    void refusesEncipherOnlyWithoutKeyAgreement() {
        Profile agreeing = TestProfile.named("demo")
                .keys(new AllowedKeys(Set.of(), Set.of("P-256")))
                .keyUsage(Set.of(KeyUsage.KEY_AGREEMENT, KeyUsage.ENCIPHER_ONLY))
                .build();

        assertThatExceptionOfType(InvalidBindingException.class)
                .isThrownBy(() -> Binding.of(with(null, List.of("encipherOnly"), null, null), agreeing))
                .satisfies(fault -> assertThat(fault.field()).isEqualTo("keyUsage"));
    }

    @Test
    void refusesAKeyUsageThatNoKeyOfTheProfileCanHave() {
        Profile onlyEc = Requests.profile(new AllowedKeys(Set.of(), Set.of("P-256")), false);

        assertThatExceptionOfType(InvalidBindingException.class)
                .isThrownBy(() -> Binding.of(with(null, List.of("keyEncipherment"), null, null), onlyEc))
                .satisfies(fault -> assertThat(fault.field()).isEqualTo("keyUsage"));
    }
}
