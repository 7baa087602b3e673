package org.scepgate.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scepgate.outbound.OutboundClient;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(QuietEvents.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class EventSettingsTest {
    private static final String PREFIX = "scepgate.webhooks.w.";

    @Inject
    OutboundClient client;

    private Webhooks webhooks(Map<String, String> changed) {
        Map<String, String> settings = new HashMap<>();
        settings.put(PREFIX + "url", "https://receiver.example/");
        settings.put(PREFIX + "secret", QuietEvents.SECRET);
        settings.putAll(changed);
        var config = new SmallRyeConfigBuilder()
                .withMapping(WebhooksConfig.class)
                .withMapping(EventsConfig.class)
                .withValidateUnknown(false)
                .withDefaultValues(settings)
                .build();
        return new Webhooks(
                config.getConfigMapping(WebhooksConfig.class), config.getConfigMapping(EventsConfig.class), client);
    }

    @Test
    void takesAUrlAndASecret() {
        assertThat(webhooks(Map.of()).all()).singleElement().satisfies(webhook -> {
            assertThat(webhook.types()).hasSize(EventType.values().length);
            assertThat(webhook.delivery().parallel()).isEqualTo(8);
        });
        assertThat(webhooks(Map.of(PREFIX + "events", "challenge.*,certificate.revoked"))
                        .all())
                .singleElement()
                .satisfies(webhook -> assertThat(webhook.types()).hasSize(6));
    }

    @ParameterizedTest
    @CsvSource({
        "url, http//receiver",
        "url, ftp://receiver.example/",
        "url, https://user:pass@receiver.example/",
        "secret, short",
        "secret-file, /nowhere",
        "events, challenge.eaten",
        "timeout, PT0S",
        "parallel, 0",
        "parallel, 65",
        "longest-retry, PT1S",
        "give-up-after, PT1S"
    })
    void doesNotStartWithWhatCannotWork(String key, String value) {
        assertThatThrownBy(() -> webhooks(Map.of(PREFIX + key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(PREFIX + (key.equals("secret-file") ? "secret" : key))
                .hasMessageNotContaining(QuietEvents.SECRET);
    }

    @Test
    void doesNotStartWithWebhooksAndWithoutEvents() {
        assertThatThrownBy(() -> webhooks(Map.of("scepgate.events.enabled", "false")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("scepgate.events.enabled");
    }
}
