package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.scepgate.policy.Requests.KEYS;
import static org.scepgate.policy.Requests.name;
import static org.scepgate.policy.Requests.usages;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.TestProfile;

class ProfileTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Set<KeyUsage> SIGN = Set.of(KeyUsage.DIGITAL_SIGNATURE);

    private static Profile profile(String name, Duration validity) {
        return profile(name, validity, SIGN, usages("clientAuth"), KEYS, name("CN=Acme CA"));
    }

    private static Profile profile(AllowedKeys keys, Set<KeyUsage> keyUsage, List<ExtendedKeyUsage> purposes) {
        return profile("demo", DAY, keyUsage, purposes, keys, name("CN=Acme CA"));
    }

    private static Profile profile(
            String name,
            Duration validity,
            Set<KeyUsage> keyUsage,
            List<ExtendedKeyUsage> purposes,
            AllowedKeys keys,
            DistinguishedName issuer) {
        return TestProfile.named(name)
                .validity(validity)
                .keyUsage(keyUsage)
                .extendedKeyUsage(purposes)
                .keys(keys)
                .issuer(issuer)
                .build();
    }

    private static Arguments row(String property, ThrowingCallable construction) {
        return Arguments.of(property, construction);
    }

    static Stream<Arguments> faults() {
        AllowedKeys rsa = new AllowedKeys(Set.of(2048), Set.of());
        AllowedKeys ec = new AllowedKeys(Set.of(), Set.of("P-256"));
        List<ExtendedKeyUsage> purposes = usages("clientAuth");
        return Stream.of(
                row("name", () -> profile("", DAY)),
                row("name", () -> profile("a/b", DAY)),
                row("name", () -> profile("..", DAY)),
                row("name", () -> profile("a".repeat(65), DAY)),
                row("validity", () -> profile("demo", Duration.ZERO)),
                row("validity", () -> profile("demo", DAY.negated())),
                row("validity", () -> profile("demo", Duration.ofMillis(5))),
                row("validity", () -> profile("demo", Duration.ofDays(36_526))),
                row("key-usage", () -> profile(KEYS, Set.of(), purposes)),
                row("key-usage", () -> profile(KEYS, Set.of(KeyUsage.KEY_CERT_SIGN), purposes)),
                row("key-usage", () -> profile(KEYS, Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.CRL_SIGN), purposes)),
                row(
                        "key-usage",
                        () -> profile(KEYS, Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.ENCIPHER_ONLY), purposes)),
                row("key-usage", () -> profile(ec, Set.of(KeyUsage.KEY_ENCIPHERMENT), purposes)),
                row("key-usage", () -> profile(KEYS, Set.of(KeyUsage.KEY_ENCIPHERMENT), purposes)),
                row("key-usage", () -> profile(rsa, Set.of(KeyUsage.KEY_AGREEMENT), purposes)),
                row("extended-key-usage", () -> profile(KEYS, SIGN, usages("clientAuth", "OCSPSigning"))),
                row("keys.rsa", () -> new AllowedKeys(Set.of(), Set.of())),
                row("keys.rsa", () -> new AllowedKeys(Set.of(1024), Set.of())),
                row("keys.rsa", () -> new AllowedKeys(Set.of(16_384), Set.of())),
                row("keys.rsa", () -> new AllowedKeys(Set.of(2047), Set.of())),
                row("keys.curves", () -> new AllowedKeys(Set.of(2048), Set.of("secp256k1"))),
                row("challenge.ttl-min", () -> rules(0, 5, 9, 24, 5)),
                row("challenge.ttl-min", () -> rules(-1, 5, 9, 24, 5)),
                row("challenge.ttl-max", () -> rules(4, 5, 3, 24, 5)),
                row("challenge.ttl-max", () -> rules(1, 5, 100_000, 24, 5)),
                row("challenge.ttl-default", () -> rules(4, 3, 9, 24, 5)),
                row("challenge.ttl-default", () -> rules(4, 10, 9, 24, 5)),
                row("challenge.retry-window", () -> rules(1, 5, 9, -1, 5)),
                row("challenge.retry-window", () -> rules(1, 5, 9, 100_000, 5)),
                row("challenge.refusals-until-locked", () -> rules(1, 5, 9, 24, 0)),
                row("approval.lifetime", () -> new ApprovalRules(Duration.ZERO, 1)),
                row("approval.lifetime", () -> new ApprovalRules(DAY.negated(), 1)),
                row("approval.lifetime", () -> new ApprovalRules(Duration.ofDays(3661), 1)),
                row("approval.max-pending", () -> new ApprovalRules(DAY, 0)));
    }

    private static ChallengeRules rules(int min, int usual, int max, int window, int refusals) {
        return new ChallengeRules(
                Duration.ofHours(min),
                Duration.ofHours(usual),
                Duration.ofHours(max),
                Duration.ofHours(window),
                refusals);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void refusesWhatCannotWorkAndNamesTheKey(String property, ThrowingCallable construction) {
        assertThatExceptionOfType(InvalidProfileException.class)
                .isThrownBy(construction)
                .satisfies(fault -> assertThat(fault.property()).isEqualTo(property))
                // Whoever reports it puts the whole key before it.
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotStartWith(property));
    }

    @Test
    void refusesAnIssuerWithoutAName() {
        assertThatExceptionOfType(InvalidProfileException.class)
                .isThrownBy(() -> profile("demo", DAY, SIGN, usages("clientAuth"), KEYS, DistinguishedName.empty()))
                .satisfies(fault -> assertThat(fault.property()).isEqualTo("ca"));
    }

    @Test
    void knowsWhichTtlAChallengeMayHave() {
        ChallengeRules rules = rules(1, 2, 3, 0, 1);

        assertThat(rules.allows(Duration.ofHours(1))).isTrue();
        assertThat(rules.allows(Duration.ofHours(3))).isTrue();
        assertThat(rules.allows(Duration.ofHours(1).minusMillis(1))).isFalse();
        assertThat(rules.allows(Duration.ofHours(3).plusMillis(1))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "clientAuth, 1.3.6.1.5.5.7.3.2, clientAuth",
        "1.3.6.1.5.5.7.3.1, 1.3.6.1.5.5.7.3.1, serverAuth",
        "1.2.3.4, 1.2.3.4, 1.2.3.4"
    })
    void readsExtendedKeyUsagesByNameOrOid(String text, String oid, String shown) {
        ExtendedKeyUsage usage = ExtendedKeyUsage.parse(text);

        assertThat(usage.oid()).isEqualTo(oid);
        assertThat(usage.text()).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ClientAuth", "client auth", "1", "9.9.9", "1..2"})
    void refusesUnknownUsages(String text) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> ExtendedKeyUsage.parse(text));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> KeyUsage.parse(text));
    }

    @Test
    void readsKeyUsagesAsRfc5280SpellsThem() {
        assertThat(KeyUsage.values())
                .allSatisfy(usage -> assertThat(KeyUsage.parse(usage.text())).isEqualTo(usage));
        assertThat(KeyUsage.parse("digitalSignature")).isEqualTo(KeyUsage.DIGITAL_SIGNATURE);
        assertThat(KeyUsage.parse("cRLSign")).isEqualTo(KeyUsage.CRL_SIGN);
    }
}
