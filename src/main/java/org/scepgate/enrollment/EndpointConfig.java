package org.scepgate.enrollment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The settings of the SCEP endpoints; {@link Profiles} turns them into what is served, or stops the start. */
@ConfigMapping(prefix = "scepgate")
public interface EndpointConfig {
    /** What devices reach this service by, without a path: the start of every SCEP URL. */
    URI baseUrl();

    /** The profile served at {@code /cgi-bin/pkiclient.exe}, where the URL names none; by default the only one. */
    Optional<String> defaultProfile();

    Map<String, CaConfig> cas();

    Map<String, ProfileConfig> profiles();

    /** The two key pairs of one CA, each a PKCS#12 file. */
    interface CaConfig {
        Path caKeystore();

        Optional<String> caPassword();

        Optional<Path> caPasswordFile();

        Path raKeystore();

        Optional<String> raPassword();

        Optional<Path> raPasswordFile();
    }

    /** What certificates of one profile look like and who may have them. */
    interface ProfileConfig {
        /** The name of one of {@link EndpointConfig#cas()}. */
        String ca();

        @WithDefault("P365D")
        Duration validity();

        @WithDefault("digitalSignature,keyEncipherment")
        List<String> keyUsage();

        @WithDefault("clientAuth")
        List<String> extendedKeyUsage();

        KeysConfig keys();

        ChallengeConfig challenge();

        /** What must speak for a request: {@code challenge}, {@code approval} or both. */
        @WithDefault("challenge")
        Set<String> authenticateBy();

        ApprovalConfig approval();

        /** Old algorithms that are served, each by name: DES, DES3, SHA-1, MD5. */
        Optional<Set<String>> legacyAlgorithms();

        /** Whether an RSA request may be signed by a throw-away key that is not the CSR's (FleetDM). */
        @WithDefault("false")
        boolean ephemeralSigner();
    }

    /** The device keys that are certified. */
    interface KeysConfig {
        /** Modulus lengths in bits. */
        @WithDefault("2048,3072,4096")
        Set<Integer> rsa();

        @WithDefault("P-256,P-384")
        Set<String> curves();
    }

    /** The wait for a person. */
    interface ApprovalConfig {
        @WithDefault("P7D")
        Duration lifetime();

        /** How many requests without a challenge may wait at once. */
        @WithDefault("1000")
        int maxPending();
    }

    /** The life of a challenge. */
    interface ChallengeConfig {
        @WithDefault("PT1M")
        Duration ttlMin();

        @WithDefault("PT1H")
        Duration ttlDefault();

        @WithDefault("P7D")
        Duration ttlMax();

        /** How long after its redemption a challenge still gives the same certificate to the same request. */
        @WithDefault("PT24H")
        Duration retryWindow();

        @WithDefault("5")
        int refusalsUntilLocked();
    }
}
