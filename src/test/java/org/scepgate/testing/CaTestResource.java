package org.scepgate.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A fresh CA with its RA, its OCSP responder and a profile {@code demo} on it, for {@code @WithTestResource}. */
public final class CaTestResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        TestCa ca = TestCa.in(folder(), "Scepgate Test CA");
        return new ServerSettings(Map.of("scepgate.base-url", "https://scep.example"))
                .ca("test", ca)
                .ocsp("test", ca)
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
