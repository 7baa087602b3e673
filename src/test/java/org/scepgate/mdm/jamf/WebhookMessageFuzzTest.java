package org.scepgate.mdm.jamf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.mdm.AdapterSettings;
import org.scepgate.mdm.NameTemplate;
import org.scepgate.platform.ApiException;
import org.scepgate.policy.Binding;
import org.scepgate.policy.InvalidBindingException;
import org.scepgate.policy.Profile;
import org.scepgate.testing.FuzzRun;
import org.scepgate.testing.TestProfile;

/** Any body of the webhook binds a challenge, or is the caller's mistake. */
class WebhookMessageFuzzTest {
    private static final FuzzRun RUN = new FuzzRun("Jamf");
    private static final String PREFIX = "scepgate.mdm.jamf.wifi.";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Profile PROFILE = TestProfile.named("wifi").build();
    private static final NameTemplate NAMES = new Webhooks(
                    new AdapterSettings()
                            .with(PREFIX + "username", "jamf")
                            .with(PREFIX + "password-hash", AdapterSettings.HASH)
                            .with(PREFIX + "names.subject[0].type", "CN")
                            .with(PREFIX + "names.subject[0].value", "{event.device.serialNumber}-{webhook.id}")
                            .with(PREFIX + "names.subject-alt-names.dns.values[0]", "{event.name}.acme.example")
                            .read(JamfConfig.class),
                    AdapterSettings.profiles())
            .require("wifi")
            .names();

    static Stream<byte[]> seeds() {
        String event = """
                {"webhook": {"id": 7, "webhookEvent": "SCEPChallenge"},
                 "event": {"name": "host", "device": {"serialNumber": "C02"}}}""";
        return Stream.of(
                        event,
                        event.replace("C02", "\\u0000\\ud800$1\\\\"),
                        event.replace("\"C02\"", "[\"C02\"]"),
                        event.replace("\"C02\"", "1e999999999"),
                        event.replace("host", ""),
                        event + event,
                        "",
                        "null",
                        "[".repeat(20_000),
                        "{\"webhook\":".repeat(2_000))
                .map(body -> body.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void isReadOrRefused(byte[] body) throws Exception {
        RUN.attempt(() -> isRead(body));
    }

    @AfterAll
    static void report() {
        RUN.report();
    }

    private static boolean isRead(byte[] body) {
        try {
            WebhookMessage message = WebhookMessage.of(body, JSON);
            Binding binding = Binding.of(NAMES.filled(message.content()), PROFILE);
            assertThat(NameTemplate.filled("{event.device.serialNumber}", message.content()))
                    .isNotNull();
            return binding.patterns().isPresent();
        } catch (ApiException | InvalidBindingException refused) {
            return false;
        }
    }
}
