package org.scepgate.helm;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.scepgate.challenge.ClientsConfig;
import org.scepgate.enrollment.EndpointConfig;
import org.scepgate.events.EventsConfig;
import org.scepgate.events.WebhooksConfig;
import org.scepgate.mdm.fixed.StaticConfig;
import org.scepgate.mdm.intune.IntuneConfig;
import org.scepgate.mdm.jamf.JamfConfig;
import org.scepgate.mdm.ndes.NdesConfig;
import org.scepgate.outbound.OutboundConfig;
import org.scepgate.platform.IssuersConfig;

/**
 * What the server reads of a release, by the mappings it reads it with. In place of a secret stands its name, {@code
 * Secret/key}.
 */
record Settings(Manifests manifests, SmallRyeConfig config) {
    private static final List<Class<?>> MAPPINGS = List.of(
            EndpointConfig.class,
            IssuersConfig.class,
            ClientsConfig.class,
            WebhooksConfig.class,
            EventsConfig.class,
            OutboundConfig.class,
            IntuneConfig.class,
            JamfConfig.class,
            NdesConfig.class,
            StaticConfig.class);

    static Settings of(Manifests manifests) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(source(manifests.settings()))
                .withMappingIgnore("scepgate.**");
        for (JsonNode variable : manifests.server().at("/containers/0/env")) {
            JsonNode reference = variable.at("/valueFrom/secretKeyRef");
            if (!reference.isMissingNode()) {
                builder.withDefaultValue(variable.get("name").asText(), nameOf(reference.get("name"), reference));
            }
        }
        MAPPINGS.forEach(builder::withMapping);
        return new Settings(manifests, builder.build());
    }

    private static PropertiesConfigSource source(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> settings = properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
        return new PropertiesConfigSource(settings, "application.properties", 100);
    }

    /** Which key of which Secret is mounted as the file. */
    String secretAt(Optional<Path> file) {
        JsonNode server = manifests.server();
        Path path = file.orElseThrow();
        JsonNode mount = only(server.at("/containers/0/volumeMounts"), "mountPath", path.getParent());
        JsonNode secret =
                only(server.get("volumes"), "name", mount.get("name").asText()).get("secret");
        return nameOf(secret.get("secretName"), only(secret.get("items"), "path", path.getFileName()));
    }

    private static JsonNode only(JsonNode array, String field, Object value) {
        return Manifests.in(array)
                .filter(item -> item.get(field).asText().equals(value.toString()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing has the " + field + " " + value));
    }

    private static String nameOf(JsonNode secret, JsonNode reference) {
        return secret.asText() + "/" + reference.get("key").asText();
    }
}
