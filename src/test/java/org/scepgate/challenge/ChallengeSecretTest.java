package org.scepgate.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERPrintableString;
import org.junit.jupiter.api.Test;

class ChallengeSecretTest {

    @Test
    void isAPrintableStringThatNeedsNoEscaping() {
        String value = ChallengeSecret.random(new SecureRandom()).value();

        assertThat(DERPrintableString.isPrintableString(value)).isTrue();
        assertThat(value).matches("[1-9A-HJ-NP-Za-km-z]{24}");
    }

    @Test
    void knowsItsForm() {
        String value = ChallengeSecret.random(new SecureRandom()).value();

        assertThat(ChallengeSecret.isFormOf(value)).isTrue();
        assertThat(Stream.of("", "decoy", value + "1", value.substring(1), "0" + value.substring(1)))
                .noneMatch(ChallengeSecret::isFormOf);
    }

    @Test
    void knowsTheFormOfThoseThatNdesGives() {
        SecureRandom random = new SecureRandom();

        assertThat(IntStream.rangeClosed(16, 32)
                        .mapToObj(digits -> ChallengeSecret.hex(random, digits).value()))
                .allMatch(ChallengeSecret::isFormOf);
        assertThat(Stream.of("0123456789abcdef", "0123456789ABCDE", "0123456789ABCDEF".repeat(2) + "0"))
                .noneMatch(ChallengeSecret::isFormOf);
    }

    @Test
    void isAnotherOneEachTime() {
        SecureRandom random = new SecureRandom();

        Stream<String> many =
                Stream.generate(() -> ChallengeSecret.random(random).value()).limit(1000);

        assertThat(many).doesNotHaveDuplicates();
    }

    @Test
    void doesNotShowItselfInText() {
        ChallengeSecret secret = ChallengeSecret.random(new SecureRandom());

        assertThat(secret).hasToString("***");
        assertThat(new IssuedChallenge(null, secret, null).toString()).doesNotContain(secret.value());
    }

    @Test
    void isStoredUnderThePepper() {
        byte[] mac = mac("0123456789abcdef0123456789abcdef").of("challenge");

        assertThat(mac)
                .hasSize(32)
                .isEqualTo(mac("0123456789abcdef0123456789abcdef").of("challenge"));
        assertThat(mac).isNotEqualTo(mac("0123456789abcdef0123456789abcdeF").of("challenge"));
    }

    @Test
    void needsAPepperThatIsLongEnough() {
        assertThatThrownBy(() -> mac(null)).hasMessageContaining("scepgate.challenge.pepper");
        assertThatThrownBy(() -> mac("too short")).hasMessageContaining("scepgate.challenge.pepper");
    }

    private static SecretMac mac(String pepper) {
        return new SecretMac(new Pepper(Optional.ofNullable(pepper), Optional.empty(), 60));
    }

    private record Pepper(Optional<String> pepper, Optional<Path> pepperFile, int refusalsPerMinute)
            implements ChallengeConfig {}
}
