package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Optional;
import javax.crypto.Cipher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scepgate.ca.FastCrypto;

class PublicKeyOperationsTest {
    private static final byte[] CONTENT = {1, 2, 3};

    private final Optional<Provider> fast = FastCrypto.load().provider();

    @BeforeEach
    void needTheProvider() {
        assumeThat(fast).as("Corretto's provider").isPresent();
    }

    @ParameterizedTest
    @EnumSource(DigestAlgorithm.class)
    void verifiesWhatAKeySignedAndNothingElse(DigestAlgorithm digest) throws GeneralSecurityException {
        SignatureScheme scheme = SignatureScheme.rsa(digest);
        PublicKeyOperations operations = PublicKeyOperations.in(fast.orElseThrow());
        KeyPair pair = keys();
        Signature signer = Signature.getInstance(scheme.jcaName());
        signer.initSign(pair.getPrivate());
        signer.update(CONTENT);
        byte[] signature = signer.sign();

        assertThat(scheme.verify(operations, pair.getPublic(), CONTENT, signature))
                .isTrue();
        assertThat(scheme.verify(operations, pair.getPublic(), new byte[3], signature))
                .isFalse();
        assertThat(scheme.verify(operations, keys().getPublic(), CONTENT, signature))
                .isFalse();
        assertThat(scheme.verify(operations, pair.getPublic(), CONTENT, new byte[7]))
                .isFalse();
    }

    @Test
    void encryptsToAKeyOfTheJdk() throws GeneralSecurityException {
        KeyPair pair = keys();

        byte[] encrypted = PublicKeyOperations.in(fast.orElseThrow()).encrypt(CONTENT, pair.getPublic());

        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());
        assertThat(cipher.doFinal(encrypted)).isEqualTo(CONTENT);
    }

    /** With an exponent that some devices choose. */
    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F0));
        return generator.generateKeyPair();
    }
}
