package org.scepgate.challenge;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under the pepper: what is stored of a challenge, so that a copy of the database enrols nothing. */
@Singleton
class SecretMac {
    static final String PEPPER_KEY = "scepgate.challenge.pepper";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_PEPPER = 16;

    private final SecretKeySpec key;

    SecretMac(ChallengeConfig config) {
        String pepper = config.pepper().orElseThrow(() -> new IllegalStateException(PEPPER_KEY + " is not set"));
        if (pepper.length() < SHORTEST_PEPPER) {
            throw new IllegalStateException(PEPPER_KEY + " needs " + SHORTEST_PEPPER + " characters or more");
        }
        this.key = new SecretKeySpec(pepper.getBytes(StandardCharsets.UTF_8), ALGORITHM);
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
