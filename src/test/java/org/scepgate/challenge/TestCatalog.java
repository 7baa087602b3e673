package org.scepgate.challenge;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.policy.Profile;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestProfile;
import org.scepgate.testing.TestSigner;

/** The profiles {@code demo} and {@code other}, offered without a CA. */
@Singleton
@Alternative
class TestCatalog implements ProfileCatalog {
    static final String FINGERPRINT = "ab".repeat(32);
    static final X509CertificateHolder CA =
            TestSigner.of(TestKeys.rsa()).subject("CN=Test CA").build().certificate();
    static final int REFUSALS_UNTIL_LOCKED = 5;

    @Override
    public Optional<OfferedProfile> find(String name) {
        return Set.of("demo", "other").contains(name)
                ? Optional.of(new OfferedProfile(
                        profile(name), FINGERPRINT, URI.create("https://scep.example/scep/" + name), List.of(CA)))
                : Optional.empty();
    }

    static Profile profile(String name) {
        return TestProfile.named(name).build();
    }
}
