package org.scepgate.testing;

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
import org.scepgate.policy.OutsideRules;
import org.scepgate.policy.Profile;
import org.scepgate.policy.RenewalRules;

/** Builder of profiles: an ordinary one by default, and the one place in tests that knows all components. */
public final class TestProfile {
    private final String name;
    private Duration validity = Duration.ofDays(365);
    private Set<KeyUsage> keyUsage = Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT);
    private List<ExtendedKeyUsage> extendedKeyUsage =
            List.of(ExtendedKeyUsage.parse("clientAuth"), ExtendedKeyUsage.parse("emailProtection"));
    private AllowedKeys keys = new AllowedKeys(Set.of(2048, 3072), Set.of("P-256"));
    private ChallengeRules challenge =
            new ChallengeRules(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(7), Duration.ofHours(24), 5);
    private boolean ephemeralSigner;
    private DistinguishedName issuer = name("CN=Test CA");
    private Authentication authenticateBy = Authentication.CHALLENGE;
    private ApprovalRules approval = new ApprovalRules(Duration.ofDays(7), 1000);

    private OutsideRules outside = new OutsideRules(false);
    private RenewalRules renewal = new RenewalRules(true, Optional.empty(), true);

    private TestProfile(String name) {
        this.name = name;
    }

    public static TestProfile named(String name) {
        return new TestProfile(name);
    }

    public TestProfile validity(Duration value) {
        this.validity = value;
        return this;
    }

    public TestProfile keyUsage(Set<KeyUsage> value) {
        this.keyUsage = value;
        return this;
    }

    public TestProfile extendedKeyUsage(List<ExtendedKeyUsage> value) {
        this.extendedKeyUsage = value;
        return this;
    }

    public TestProfile keys(AllowedKeys value) {
        this.keys = value;
        return this;
    }

    public TestProfile challenge(ChallengeRules value) {
        this.challenge = value;
        return this;
    }

    public TestProfile ephemeralSigner(boolean value) {
        this.ephemeralSigner = value;
        return this;
    }

    public TestProfile issuer(DistinguishedName value) {
        this.issuer = value;
        return this;
    }

    public TestProfile issuer(String value) {
        return issuer(name(value));
    }

    public TestProfile authenticateBy(Authentication value) {
        this.authenticateBy = value;
        return this;
    }

    public TestProfile approval(ApprovalRules value) {
        this.approval = value;
        return this;
    }

    public TestProfile renewal(RenewalRules value) {
        this.renewal = value;
        return this;
    }

    public TestProfile outside(OutsideRules value) {
        this.outside = value;
        return this;
    }

    public Profile build() {
        return new Profile(
                name,
                validity,
                keyUsage,
                extendedKeyUsage,
                keys,
                challenge,
                ephemeralSigner,
                issuer,
                authenticateBy,
                approval,
                renewal,
                outside);
    }

    private static DistinguishedName name(String text) {
        try {
            return DistinguishedName.parse(text);
        } catch (InvalidNameException invalid) {
            throw new IllegalArgumentException(invalid);
        }
    }
}
