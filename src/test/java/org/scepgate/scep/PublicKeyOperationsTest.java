package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.security.auth.Destroyable;
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

    /** Its memory is none of the heap: a key that is left to the collector may lie there for hours. */
    @Test
    void destroysEachKeyOfTheProviderAfterUse() throws GeneralSecurityException {
        KeysThatAreCounted provider = new KeysThatAreCounted(fast.orElseThrow());
        PublicKeyOperations operations = PublicKeyOperations.in(provider);
        SignatureScheme scheme = SignatureScheme.rsa(DigestAlgorithm.SHA_256);
        PublicKey key = keys().getPublic();

        operations.encrypt(CONTENT, key);
        scheme.verify(operations, key, CONTENT, new byte[256]);
        scheme.verify(operations, key, CONTENT, new byte[7]);
        assertThatThrownBy(() -> operations.encrypt(new byte[300], key)).isInstanceOf(GeneralSecurityException.class);

        assertThat(provider.made()).hasSize(4).allMatch(made -> ((Destroyable) made).isDestroyed());
    }

    /** Another provider with a record of the RSA keys that it made. */
    private static final class KeysThatAreCounted extends Provider {
        private final List<PublicKey> made = new ArrayList<>();
        private final Provider provider;

        private KeysThatAreCounted(Provider provider) {
            super("Counted", "1", "for a test");
            this.provider = provider;
        }

        @Override
        public Service getService(String type, String algorithm) {
            Service service = provider.getService(type, algorithm);
            if (!type.equals("KeyFactory")) {
                return service;
            }
            return new Service(this, type, algorithm, service.getClassName(), List.of(), Map.of()) {
                @Override
                public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                    return new CountingFactory(KeyFactory.getInstance(algorithm, provider), made);
                }
            };
        }

        private List<PublicKey> made() {
            return made;
        }
    }

    private static final class CountingFactory extends KeyFactorySpi {
        private final KeyFactory factory;
        private final List<PublicKey> made;

        private CountingFactory(KeyFactory factory, List<PublicKey> made) {
            this.factory = factory;
            this.made = made;
        }

        @Override
        protected PublicKey engineGeneratePublic(KeySpec numbers) throws InvalidKeySpecException {
            PublicKey key = factory.generatePublic(numbers);
            made.add(key);
            return key;
        }

        @Override
        protected PrivateKey engineGeneratePrivate(KeySpec numbers) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected Key engineTranslateKey(Key key) {
            throw new UnsupportedOperationException();
        }
    }

    /** With an exponent that some devices choose. */
    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F0));
        return generator.generateKeyPair();
    }
}
