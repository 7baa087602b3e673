package org.scepgate.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scepgate.authorization.AuthorizationConfig;
import org.scepgate.enrollment.EndpointConfig;
import org.scepgate.events.EventsConfig;
import org.scepgate.events.WebhooksConfig;
import org.scepgate.mdm.NameConfig;
import org.scepgate.mdm.fixed.StaticConfig;
import org.scepgate.mdm.intune.IntuneConfig;
import org.scepgate.mdm.jamf.JamfConfig;
import org.scepgate.mdm.ndes.NdesConfig;
import org.scepgate.outbound.OutboundConfig;

/** MDMs, webhooks and what is asked outside are set by values, and their secrets by reference. */
class OutsideSettingsTest {
    private final Settings settings = Settings.of(Chart.render(Chart.EVERYTHING));

    @Test
    void whatIsAskedOutsideGetsItsSecretsByReference() {

        AuthorizationConfig authorize = settings.config()
                .getConfigMapping(EndpointConfig.class)
                .profiles()
                .get("phones")
                .authorize();
        Map<String, WebhooksConfig.WebhookConfig> webhooks =
                settings.config().getConfigMapping(WebhooksConfig.class).webhooks();
        IntuneConfig intune = settings.config().getConfigMapping(IntuneConfig.class);
        assertThat(authorize.url()).hasValue("https://inventory.acme.example/ask");
        assertThat(settings.secretAt(authorize.secretFile())).isEqualTo("hooks/inventory");
        assertThat(webhooks.get("cmdb").url()).isEqualTo("https://cmdb.acme.example/scep?site=1,2");
        assertThat(webhooks.get("cmdb").events().orElseThrow()).containsExactly("certificate.*", "challenge.locked");
        assertThat(settings.secretAt(webhooks.get("cmdb").secretFile())).isEqualTo("hooks/cmdb");
        assertThat(settings.secretAt(webhooks.get("cmdb").previousSecretFile())).isEqualTo("hooks/cmdb-before");
        assertThat(webhooks.get("chat").url()).isEqualTo("hooks/chat-url");
        assertThat(webhooks.get("chat").secret()).hasValue("hooks/chat");
        assertThat(intune.tenant()).hasValue("acme.onmicrosoft.com");
        assertThat(intune.revocation().batch()).isEqualTo(100);
        assertThat(settings.secretAt(intune.clientKeystore())).isEqualTo("intune/app.p12");
        assertThat(settings.secretAt(intune.clientKeystorePasswordFile())).isEqualTo("intune/password");
    }

    @Test
    void eventsAndCallsToTheOutsideAreSet() {

        OutboundConfig outbound = settings.config().getConfigMapping(OutboundConfig.class);
        EventsConfig events = settings.config().getConfigMapping(EventsConfig.class);

        assertThat(outbound.allowedNetworks().orElseThrow()).containsExactly("10.20.0.0/16", "fd00::/8");
        assertThat(outbound.proxy()).hasValue(URI.create("http://proxy.acme.example:3128"));
        assertThat(settings.secretAt(outbound.trustedCertificates())).isEqualTo("private-ca/ca.crt");
        assertThat(events.expiringBefore()).isEqualTo(Duration.ofDays(21));
        assertThat(events.profiles().get("printers").expiringBefore()).hasValue(Duration.ofDays(60));
    }

    @Test
    void namesOfTheAdaptersArriveAsTheyWereWritten() {
        JsonNode values = Chart.read(Chart.EVERYTHING);

        JamfConfig.WebhookConfig jamf =
                settings.config().getConfigMapping(JamfConfig.class).profiles().get("phones");
        NdesConfig ndes = settings.config().getConfigMapping(NdesConfig.class);
        StaticConfig.SharedConfig routers = settings.config()
                .getConfigMapping(StaticConfig.class)
                .profiles()
                .get("routers");
        List<NameConfig.RdnConfig> subject = jamf.names().subject().orElseThrow();
        assertThat(subject).extracting(NameConfig.RdnConfig::type).containsExactly("CN", "OU");
        assertThat(subject.get(0).pattern())
                .hasValue(values.at("/mdm/jamf/phones/names/subject/0/pattern").asText());
        assertThat(subject.get(1).value()).hasValue("devices, ${all}");
        assertThat(jamf.names().subjectAltNames().get("dns").patterns().orElseThrow())
                .containsExactly("[a-z]{1,9}\\.acme\\.example");
        assertThat(jamf.deviceId()).hasValue("{event.device.serialNumber}");
        assertThat(jamf.passwordHash()).hasValue("mdm/jamf-hash");
        assertThat(ndes.profile()).hasValue("phones");
        assertThat(ndes.accounts().get("reader").passwordHash()).isEqualTo("mdm/ndes-hash");
        assertThat(routers.expires()).isEqualTo(Instant.parse("2027-03-31T00:00:00Z"));
        assertThat(routers.challengeHash()).isEqualTo("mdm/routers-hash");
    }
}
