package org.scepgate.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.testing.TestCa;

class ProfileSignerTest {
    private static final byte[] PROFILE = "<plist/>".getBytes(StandardCharsets.US_ASCII);

    @Test
    void leavesAProfileAsItIsWithoutAKey() {
        assertThat(new ProfileSigner(config(Optional.empty(), "")).sign(PROFILE))
                .isEqualTo(PROFILE);
    }

    @Test
    void signsAroundTheProfile(@TempDir Path folder) throws Exception {
        TestCa ca = TestCa.in(folder, "Acme Profiles");

        byte[] signed = new ProfileSigner(config(Optional.of(ca.caKeystore()), TestCa.PASSWORD)).sign(PROFILE);

        CMSSignedData data = new CMSSignedData(signed);
        SignerInformation signer = data.getSignerInfos().iterator().next();
        assertThat((byte[]) data.getSignedContent().getContent()).isEqualTo(PROFILE);
        assertThat(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(ca.certificate())))
                .isTrue();
    }

    @Test
    void stopsTheStartWithAKeystoreThatDoesNotOpen(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("signer.p12"), "nonsense");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new ProfileSigner(config(Optional.of(file), "secret")))
                .withMessageStartingWith("scepgate.apple-profile.signer.keystore: ");
    }

    private static SignerConfig config(Optional<Path> keystore, String password) {
        return new SignerConfig() {
            @Override
            public Optional<Path> keystore() {
                return keystore;
            }

            @Override
            public Optional<String> password() {
                return Optional.of(password);
            }

            @Override
            public Optional<Path> passwordFile() {
                return Optional.empty();
            }
        };
    }
}
