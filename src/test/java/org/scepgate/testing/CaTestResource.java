package org.scepgate.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A fresh CA with its RA and a profile {@code demo} on it, for {@code @WithTestResource}. */
public final class CaTestResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        return new ServerSettings(Map.of("scepgate.base-url", "https://scep.example"))
                .ca("test", TestCa.in(folder(), "Scepgate Test CA"))
                .profile("demo", Map.of("ca", "test"))
                .values();
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("scepgate-ca");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // Nothing runs.
    }
}
