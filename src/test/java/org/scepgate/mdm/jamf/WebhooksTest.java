package org.scepgate.mdm.jamf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scepgate.mdm.AdapterSettings;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.policy.RequestedBinding;

class WebhooksTest {
    private static final String PREFIX = "scepgate.mdm.jamf.wifi.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AdapterSettings settings = new AdapterSettings()
            .with(PREFIX + "username", "jamf")
            .with(PREFIX + "password-hash", AdapterSettings.HASH)
            .with(PREFIX + "ttl", "PT10M")
            .with(PREFIX + "names.subject[0].type", "CN")
            .with(PREFIX + "names.subject[0].pattern", "^host-[0-9]{1,9}$");

    private Webhooks webhooks() {
        return new Webhooks(settings.read(JamfConfig.class), AdapterSettings.profiles());
    }

    @Test
    void servesAProfileThatIsConfiguredAndNoOther() {
        assertThat(webhooks().require("wifi").timeToLive()).contains(Duration.ofMinutes(10));
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> webhooks().require("other"));
    }

    @ParameterizedTest
    @CsvSource({
        "username, '', username",
        "password-hash, '', password-hash",
        "password-hash, secret, password-hash",
        "header-hash, secret, header-hash",
        "ttl, PT4M, ttl",
        "ttl, P30D, ttl",
        "names.subject[0].pattern, (, names.subject[0].pattern",
        "names.subject[0].type, nonsense, names.subject[0].type",
        "names.subject-alt-names.x400.patterns[0], a, names.subject-alt-names.x400",
    })
    void namesTheSettingThatCannotWork(String key, String value, String named) {
        settings.with(PREFIX + key, value);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(this::webhooks)
                .withMessageStartingWith(PREFIX + named);
    }

    @ParameterizedTest
    @CsvSource({"none, there is no profile none", "shared, profile shared takes no challenges"})
    void refusesAProfileThatTakesNoChallenges(String profile, String message) {
        settings.with("scepgate.mdm.jamf." + profile + ".username", "jamf");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(this::webhooks)
                .withMessageContaining(message);
    }

    @Test
    void fillsFieldsOfTheEventIntoValues() throws Exception {
        settings.with(PREFIX + "names.subject[0].pattern", null)
                .with(PREFIX + "names.subject[0].value", "{event.device.serialNumber}-{webhook.id}$1");

        RequestedBinding filled = webhooks().require("wifi").names().filled(JSON.readTree("""
                {"webhook": {"id": 7}, "event": {"device": {"serialNumber": "C0,2"}}}"""));

        assertThat(filled.patterns().subject().get(0).value()).isEqualTo("C0,2-7$1");
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() ->
                        webhooks().require("wifi").names().filled(JSON.readTree("{\"event\": {\"device\": \"mac\"}}")))
                .matches(refused -> refused.field().orElseThrow().equals("event.device.serialNumber"));
    }
}
