package org.scepgate.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OutputEncryptor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.testing.TestCa;

/** The places that a key pair may be kept in, and the ways to get their settings wrong. */
class KeySettingsTest {
    private static final String PREFIX = "scepgate.cas.acme.ra-";
    private static final String PASSWORD = TestCa.PASSWORD;

    @TempDir
    static Path folder;

    private static TestCa ca;
    private static Path plainKey;
    private static Path encryptedKey;
    private static Path certificates;

    @BeforeAll
    static void makeKeys() throws Exception {
        ca = TestCa.in(folder, "Acme CA");
        plainKey = secret("ra.pem", pem(ca.raKeys(), null));
        OutputEncryptor encryptor = new JceOpenSSLPKCS8EncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
                .setProvider(new BouncyCastleProvider())
                .setRandom(new SecureRandom())
                .setPassword(PASSWORD.toCharArray())
                .build();
        encryptedKey = secret("ra-encrypted.pem", pem(ca.raKeys(), encryptor));
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(ca.raCertificate());
            writer.writeObject(ca.certificate());
        }
        certificates = Files.writeString(folder.resolve("ra-chain.pem"), text.toString());
    }

    private static String pem(KeyPair keys, OutputEncryptor encryptor) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(new JcaPKCS8Generator(keys.getPrivate(), encryptor));
        }
        return text.toString();
    }

    private static Path secret(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
    }

    /** Settings to begin with; each method adds one. */
    private record Given(
            Path keystore, Path key, Path certificates, Optional<String> password, Optional<Path> passwordFile) {
        static Given keystore(Path file) {
            return new Given(file, null, null, Optional.empty(), Optional.empty());
        }

        static Given key(Path file) {
            return new Given(null, file, KeySettingsTest.certificates, Optional.empty(), Optional.empty());
        }

        static Given nothing() {
            return new Given(null, null, null, Optional.empty(), Optional.empty());
        }

        Given password(String secret) {
            return new Given(keystore, key, certificates, Optional.of(secret), passwordFile);
        }

        Given passwordFile(Path file) {
            return new Given(keystore, key, certificates, password, Optional.of(file));
        }

        Given besides(Path otherKeystore) {
            return new Given(otherKeystore, key, certificates, password, passwordFile);
        }

        Given certificates(Path file) {
            return new Given(keystore, key, file, password, passwordFile);
        }

        KeySettings settings() {
            return new KeySettings(
                    PREFIX,
                    Optional.ofNullable(keystore),
                    Optional.ofNullable(key),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.ofNullable(certificates),
                    password,
                    passwordFile);
        }

        KeyEntry load() {
            return settings().load(new Pkcs11Tokens());
        }
    }

    private static void refuses(Given given, String key, String reason) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(given::load)
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.key()).isEqualTo(PREFIX + key))
                .withMessageNotContaining(PASSWORD);
    }

    @Test
    void readsAKeystoreWhosePasswordIsInAFile() throws IOException {
        Path password = secret("password", PASSWORD + "\n");

        KeyEntry entry = Given.keystore(ca.raKeystore()).passwordFile(password).load();

        assertThat(entry.certificate()).isEqualTo(ca.raCertificate());
    }

    @Test
    void readsAPemKeyAndItsChain() {
        KeyEntry entry = Given.key(plainKey).load();

        assertThat(entry.certificate()).isEqualTo(ca.raCertificate());
        assertThat(entry.chain()).containsExactly(ca.certificate());
        assertThat(KeyCheck.problemOfRegistrationAuthority(entry, authority(), Instant.now()))
                .isEmpty();
    }

    @Test
    void readsAnEncryptedPemKeyWithItsPasswordOnly() {
        assertThat(Given.key(encryptedKey).password(PASSWORD).load().certificate())
                .isEqualTo(ca.raCertificate());
        refuses(Given.key(encryptedKey), "key", "no password");
        refuses(Given.key(encryptedKey).password("guess"), "key", "cannot be decrypted");
        refuses(Given.key(plainKey).password(PASSWORD), "key", "not encrypted");
    }

    @Test
    void refusesSecretsThatEverybodyCanRead() throws IOException {
        Path openKey = Files.copy(plainKey, folder.resolve("open.pem"));
        Path openStore = Files.copy(ca.raKeystore(), folder.resolve("open.p12"));
        Path openPassword = Files.writeString(folder.resolve("open-password"), PASSWORD);
        for (Path file : new Path[] {openKey, openStore, openPassword}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw----r--"));
        }

        refuses(Given.key(openKey), "key", "every user");
        refuses(Given.keystore(openStore).password(PASSWORD), "keystore", "every user");
        refuses(Given.keystore(ca.raKeystore()).passwordFile(openPassword), "password-file", "every user");
    }

    @Test
    void refusesHalfASource() {
        assertThat(Given.nothing().settings().isPresent()).isFalse();
        assertThat(Given.nothing().password(PASSWORD).settings().isPresent()).isTrue();
        refuses(Given.nothing().password(PASSWORD), "keystore", "is not set");
        refuses(Given.keystore(ca.raKeystore()), "password", "set either");
        refuses(Given.key(plainKey).certificates(null), "certificates", "is not set");
    }

    @Test
    void refusesTwoSources() throws IOException {
        Path password = secret("second-password", PASSWORD);

        refuses(Given.key(plainKey).besides(ca.raKeystore()), "key", "beside");
        refuses(Given.keystore(ca.raKeystore()).password(PASSWORD).passwordFile(password), "password", "not both");
        refuses(
                Given.keystore(ca.raKeystore()).password(PASSWORD).certificates(certificates),
                "certificates",
                "not used");
    }

    @Test
    void refusesFilesOfAnotherKind() {
        refuses(Given.key(certificates), "key", "every user");
        refuses(Given.key(plainKey).certificates(plainKey), "key", "no certificate");
        refuses(Given.key(ca.raKeystore()), "key", "PEM");
    }

    @Test
    void keepsThePasswordToItself() {
        assertThat(Given.keystore(ca.raKeystore()).password(PASSWORD).settings().toString())
                .doesNotContain(PASSWORD);
    }

    private static KeyEntry authority() {
        return Given.keystore(ca.caKeystore()).password(PASSWORD).load();
    }
}
