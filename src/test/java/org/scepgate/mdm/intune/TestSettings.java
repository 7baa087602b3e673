package org.scepgate.mdm.intune;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** The settings of Intune, read as the server reads them. */
final class TestSettings {
    private TestSettings() {}

    static IntuneConfig intune(String url) {
        return read(valid(url));
    }

    static Map<String, String> valid(String url) {
        return new HashMap<>(Map.of(
                "scepgate.intune.tenant", "acme.example",
                "scepgate.intune.client-id", "app",
                "scepgate.intune.client-secret", "secret",
                "scepgate.intune.login-url", url,
                "scepgate.intune.graph-url", url,
                "scepgate.intune.timeout", "PT10S",
                "scepgate.intune.max-concurrent", "2",
                "scepgate.intune.breaker.failures", "3"));
    }

    static IntuneConfig read(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(IntuneConfig.class)
                .build()
                .getConfigMapping(IntuneConfig.class);
    }
}
