package org.scepgate.mdm.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scepgate.mdm.AdapterSettings;
import org.scepgate.platform.ConfigurationException;

class SharedChallengeTest {
    private static final String PREFIX = "scepgate.mdm.static.shared.";

    private final AdapterSettings settings = new AdapterSettings()
            .with(PREFIX + "challenge-hash", AdapterSettings.HASH)
            .with(PREFIX + "expires", "2027-01-01T00:00:00Z")
            .with(PREFIX + "networks", "10.0.0.0/8, 2001:db8::/32")
            .with(PREFIX + "names.subject[0].type", "CN")
            .with(PREFIX + "names.subject[0].pattern", "[a-z]+");

    private SharedChallenge challenge() {
        return SharedChallenge.of(
                PREFIX,
                settings.read(StaticConfig.class).profiles().get("shared"),
                AdapterSettings.profiles().requireStatic(PREFIX, "shared"));
    }

    @Test
    void isForItsNetworksUntilItEnds() {
        SharedChallenge challenge = challenge();

        assertThat(challenge.isFor("10.9.8.7")).isTrue();
        assertThat(challenge.isFor("2001:db8::1")).isTrue();
        assertThat(challenge.isFor("192.0.2.1")).isFalse();
        assertThat(challenge.isInDate(Instant.parse("2026-12-31T23:59:59Z"))).isTrue();
        assertThat(challenge.isInDate(Instant.parse("2027-01-01T00:00:00Z"))).isFalse();
    }

    @Test
    void isForAllWhereNoNetworkIsNamed() {
        settings.with(PREFIX + "networks", null);

        assertThat(challenge().isFor("192.0.2.1")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "challenge-hash, secret, challenge-hash",
        "networks, 10.0.0.1/8, networks",
        "names.subject[0].value, {event.id}, names"
    })
    void namesTheSettingThatCannotWork(String key, String value, String named) {
        settings.with(PREFIX + key, value);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(this::challenge)
                .withMessageStartingWith(PREFIX + named);
    }

    @Test
    void isForAProfileThatSaysSo() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> AdapterSettings.profiles().requireStatic(PREFIX, "wifi"))
                .withMessageContaining("authenticate-by static");
    }
}
