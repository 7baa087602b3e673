package org.scepgate.challenge;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.scepgate.platform.ConfigurationException;

/** HMAC-SHA256 under the pepper: what is stored of a challenge, so that a copy of the database enrols nothing. */
@Singleton
class SecretMac {
    static final String PEPPER_KEY = "scepgate.challenge.pepper";
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    SecretMac(ChallengeConfig config) {
        String pepper = config.pepper()
                .or(() -> config.pepperFile().map(SecretMac::contentOf))
                .orElseThrow(() -> new ConfigurationException(PEPPER_KEY, "is not set"));
        if (pepper.length() < ChallengeConfig.SHORTEST_PEPPER) {
            throw new ConfigurationException(
                    PEPPER_KEY, "needs " + ChallengeConfig.SHORTEST_PEPPER + " characters or more");
        }
        this.key = new SecretKeySpec(pepper.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ConfigurationException(PEPPER_KEY + "-file", file + " cannot be read");
        }
    }

    byte[] of(String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java platform", impossible);
        }
    }
}
