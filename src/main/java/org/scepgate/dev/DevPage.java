package org.scepgate.dev;

import io.quarkus.arc.profile.IfBuildProfile;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.scepgate.challenge.ProfileCatalog;
import org.scepgate.enrollment.EndpointConfig;

/** The page at / of development: what runs here, and commands to copy that enrol a device. */
@Path("/")
@IfBuildProfile(anyOf = {"dev", "test"})
public class DevPage {
    private final EndpointConfig config;
    private final ProfileCatalog profiles;
    private final SmallRyeHealthReporter health;

    DevPage(EndpointConfig config, ProfileCatalog profiles, SmallRyeHealthReporter health) {
        this.config = config;
        this.profiles = profiles;
        this.health = health;
    }

    @GET
    @Produces("text/html;charset=UTF-8")
    @Operation(hidden = true)
    public Uni<String> page() {
        return health.getHealthAsync().map(this::page);
    }

    private String page(SmallRyeHealth state) {
        String html = template();
        for (Map.Entry<String, String> value : values(state).entrySet()) {
            html = html.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        return html;
    }

    private Map<String, String> values(SmallRyeHealth state) {
        Optional<String> first = config.profiles().keySet().stream().sorted().findFirst();
        return Map.of(
                "health", state.isDown() ? "DOWN" : "UP",
                "base", escaped(config.baseUrl().toString().replaceAll("/+$", "")),
                "profile", escaped(config.defaultProfile().or(() -> first).orElse("")),
                "authorities", authorities(),
                "profiles", profiles());
    }

    private String authorities() {
        return config.cas().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> CaFingerprints.of(entry.getValue()))
                .map(ca -> "<p>" + escaped(ca.subject()) + "</p>\n<dl>\n" + row("SHA-256", code(ca.sha256()))
                        + row("SHA-1", code(ca.sha1())) + "</dl>")
                .collect(Collectors.joining("\n"));
    }

    private String profiles() {
        return config.profiles().keySet().stream()
                .sorted()
                .map(profiles::find)
                .flatMap(Optional::stream)
                .map(offered -> row(
                        escaped(offered.profile().name()),
                        code(offered.scepUrl().toString())))
                .collect(Collectors.joining());
    }

    private static String row(String term, String html) {
        return "<dt>" + term + "</dt><dd>" + html + "</dd>\n";
    }

    private static String code(String text) {
        return "<code>" + escaped(text) + "</code>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String template() {
        try (InputStream page = DevPage.class.getResourceAsStream("page.html")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
