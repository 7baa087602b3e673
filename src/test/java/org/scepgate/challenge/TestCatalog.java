package org.scepgate.challenge;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.scepgate.policy.AllowedKeys;
import org.scepgate.policy.ApprovalRules;
import org.scepgate.policy.Authentication;
import org.scepgate.policy.ChallengeRules;
import org.scepgate.policy.DistinguishedName;
import org.scepgate.policy.ExtendedKeyUsage;
import org.scepgate.policy.InvalidNameException;
import org.scepgate.policy.KeyUsage;
import org.scepgate.policy.Profile;

/** The profiles {@code demo} and {@code other}, offered without a CA. */
@Singleton
@Alternative
class TestCatalog implements ProfileCatalog {
    static final String FINGERPRINT = "ab".repeat(32);
    static final int REFUSALS_UNTIL_LOCKED = 5;

    @Override
    public Optional<OfferedProfile> find(String name) {
        return Set.of("demo", "other").contains(name)
                ? Optional.of(
                        new OfferedProfile(profile(name), FINGERPRINT, URI.create("https://scep.example/scep/" + name)))
                : Optional.empty();
    }

    static Profile profile(String name) {
        return new Profile(
                name,
                Duration.ofDays(365),
                Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT),
                List.of(ExtendedKeyUsage.parse("clientAuth"), ExtendedKeyUsage.parse("emailProtection")),
                new AllowedKeys(Set.of(2048, 3072), Set.of("P-256")),
                new ChallengeRules(
                        Duration.ofMinutes(1),
                        Duration.ofHours(1),
                        Duration.ofDays(7),
                        Duration.ofHours(24),
                        REFUSALS_UNTIL_LOCKED),
                false,
                issuer(),
                Authentication.CHALLENGE,
                new ApprovalRules(Duration.ofDays(7), 1000));
    }

    private static DistinguishedName issuer() {
        try {
            return DistinguishedName.parse("CN=Test CA");
        } catch (InvalidNameException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
