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
import org.scepgate.authorization.AuthorizationConfig;

/** The settings of the SCEP endpoints; {@link Profiles} turns them into what is served, or stops the start. */
@ConfigMapping(prefix = "scepgate")
public interface EndpointConfig {
    /** What devices reach this service by, without a path: the start of every SCEP URL. */
    URI baseUrl();

    /** The start of the URLs of CRLs, OCSP and CA certificates in what is issued; by default {@link #baseUrl()}. */
    Optional<URI> pkiBaseUrl();

    /** The profile served at {@code /cgi-bin/pkiclient.exe}, where the URL names none; by default the only one. */
    Optional<String> defaultProfile();

    Map<String, CaConfig> cas();

    Map<String, ProfileConfig> profiles();

    /** One CA around a rollover (RFC 8894 section 4.7). */
    interface CaConfig extends KeyPairsConfig {
        /** What GetNextCACert announces, and what devices that have it may use already. */
        Optional<KeyPairsConfig> next();

        /** What was current before: requests to its RA are still read, its certificates still renewed. */
        Optional<KeyPairsConfig> previous();

        CrlConfig crl();

        OcspConfig ocsp();
    }

    /** How CRLs are published. */
    interface CrlConfig {
        /** How long a relying party may use one: nextUpdate less thisUpdate. */
        @WithDefault("P7D")
        Duration validity();

        /** When the next one is published, if nothing is revoked. */
        @WithDefault("P1D")
        Duration refresh();
    }

    /** How OCSP requests are answered. */
    interface OcspConfig {
        /** How long a relying party or a cache may use an answer. */
        @WithDefault("PT1H")
        Duration validity();
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

        /** What must speak for a request: {@code challenge}, {@code approval} or both, or {@code intune}. */
        @WithDefault("challenge")
        Set<String> authenticateBy();

        ApprovalConfig approval();

        OutsideConfig outside();

        /** Old algorithms that are served, each by name: DES, DES3, SHA-1, MD5. */
        Optional<Set<String>> legacyAlgorithms();

        /** Whether an RSA request may be signed by a throw-away key that is not the CSR's (FleetDM). */
        @WithDefault("false")
        boolean ephemeralSigner();

        RenewalConfig renewal();

        CaCertificatesConfig caCertificates();

        /** Who is asked before a certificate is issued. */
        AuthorizationConfig authorize();

        /** Where certificates lead: {@code crl}, {@code ca}, {@code ocsp}, or {@code none}; see {@link PublicUrlSettings}. */
        Optional<Set<String>> urls();

        /** Whether devices may ask for any certificate of the CA (RFC 8894 section 4.5). */
        @WithDefault("false")
        boolean getCert();

        /** Whether devices may ask for the CA's CRL (section 4.6). */
        @WithDefault("false")
        boolean getCrl();
    }

    /** Whether a certificate renews itself (section 2.5). */
    interface RenewalConfig {
        @WithDefault("true")
        boolean enabled();

        /** How long before its end a certificate may be renewed; without it, as long as it is valid. */
        Optional<Duration> window();

        /** Whether the old key may be certified again: certmonger, sscep and Cisco do not make a new one unasked. */
        @WithDefault("true")
        boolean sameKey();
    }

    /** What GetCACert gives (section 4.2). */
    interface CaCertificatesConfig {
        /** {@code ra}: an RA talks SCEP; {@code ca}: the CA does, and stands alone in the answer. */
        @WithDefault("ra")
        Layout layout();

        @WithDefault("ra-first")
        Order order();

        /** Whether a root above the issuing CA is given too; the issuing CA always is. */
        @WithDefault("true")
        boolean includeRoot();

        /** Who talks SCEP. */
        enum Layout {
            RA,
            CA
        }

        /** Which certificate stands first. */
        enum Order {
            RA_FIRST,
            CA_FIRST
        }
    }

    /** The device keys that are certified. */
    interface KeysConfig {
        /** Modulus lengths in bits. */
        @WithDefault("2048,3072,4096")
        Set<Integer> rsa();

        @WithDefault("P-256,P-384")
        Set<String> curves();

        /** A file of SHA-256 hashes of SubjectPublicKeyInfos, one a line, in hex: keys that are certified no more. */
        Optional<Path> blocklist();
    }

    /** The wait for a person. */
    interface ApprovalConfig {
        @WithDefault("P7D")
        Duration lifetime();

        /** How many requests without a challenge may wait at once. */
        @WithDefault("1000")
        int maxPending();
    }

    /** What is taken of a request that an authority outside has judged. */
    interface OutsideConfig {
        /** Whether it may name the account of a directory that its certificate maps to, by Microsoft's URI. */
        @WithDefault("false")
        boolean accountSids();
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
