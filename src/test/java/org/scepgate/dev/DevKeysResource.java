package org.scepgate.dev;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** The token keys of development, as {@code ./mvnw quarkus:dev} makes and configures them. */
public final class DevKeysResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        try {
            PrivateFolder home = PrivateFolder.at(Files.createTempDirectory("scepgate-dev"));
            DevIssuer.makeKeys(home);
            return Map.of(
                    // Quarkus makes a key for tests unless the build knows of one; this is SmallRye's "not set".
                    "mp.jwt.verify.publickey", "NONE",
                    "mp.jwt.verify.publickey.location",
                            home.file(DevIssuer.PUBLIC_KEY).toString(),
                    "mp.jwt.verify.issuer", "https://dev.scepgate.invalid",
                    "mp.jwt.verify.audiences", "scepgate",
                    "scepgate.challenge.pepper", "0123456789abcdef0123456789abcdef");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // Nothing runs.
    }
}
