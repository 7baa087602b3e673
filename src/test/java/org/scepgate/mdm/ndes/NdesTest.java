package org.scepgate.mdm.ndes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scepgate.mdm.AdapterSettings;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.ConfigurationException;

class NdesTest {
    private static final String PREFIX = "scepgate.mdm.ndes.";

    private final AdapterSettings settings = new AdapterSettings()
            .with(PREFIX + "profile", "wifi")
            .with(PREFIX + "accounts.mdm.username", "mdm")
            .with(PREFIX + "accounts.mdm.password-hash", AdapterSettings.HASH)
            .with(PREFIX + "names.subject[0].type", "CN")
            .with(PREFIX + "names.subject[0].pattern", "[a-z]+");

    private Ndes ndes() {
        return new Ndes(settings.read(NdesConfig.class), AdapterSettings.profiles());
    }

    @Test
    void isAsMicrosoftsButForTheLengthOfItsPasswords() {
        Ndes.Service service = ndes().require();

        assertThat(service.encoding()).isEqualTo(StandardCharsets.UTF_16LE);
        assertThat(service.passwords().mostOpen()).isEqualTo(5);
        assertThat(service.passwords().timeToLive()).hasMinutes(60);
        assertThat(service.passwords().digits()).isEqualTo(32);
    }

    @Test
    void isOffWithoutAProfile() {
        Ndes off = new Ndes(new AdapterSettings().read(NdesConfig.class), AdapterSettings.profiles());

        assertThatExceptionOfType(ApiException.class).isThrownBy(off::require);
    }

    @ParameterizedTest
    @CsvSource({
        "profile, none, profile",
        "encoding, latin-1, encoding",
        "max-passwords, 0, max-passwords",
        "password-length, 15, password-length",
        "password-length, 33, password-length",
        "ttl, P30D, ttl",
        "accounts.mdm.password-hash, secret, accounts.mdm.password-hash",
        "names.subject[0].pattern, [, names.subject[0].pattern"
    })
    void namesTheSettingThatCannotWork(String key, String value, String named) {
        settings.with(PREFIX + key, value);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(this::ndes)
                .withMessageStartingWith(PREFIX + named);
    }

    @Test
    void refusesNamesOfAnEventThatNeverComes() {
        settings.with(PREFIX + "names.subject[0].pattern", null).with(PREFIX + "names.subject[0].value", "{event.id}");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(this::ndes)
                .withMessageStartingWith(PREFIX + "names");
    }

    @Test
    void needsSomebodyWhoMayLook() {
        settings.with(PREFIX + "accounts.mdm.username", null).with(PREFIX + "accounts.mdm.password-hash", null);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(this::ndes)
                .withMessageStartingWith(PREFIX + "accounts");
    }
}
