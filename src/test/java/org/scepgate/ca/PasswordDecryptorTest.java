package org.scepgate.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.util.PBKDF2Config;
import org.bouncycastle.crypto.util.PBKDFConfig;
import org.bouncycastle.crypto.util.ScryptConfig;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfoBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.testing.TestKeys;

/** Keys as openssl pkcs8 and others encrypt them, written by Bouncy Castle's JCA provider. */
class PasswordDecryptorTest {
    private static final KeyPair KEYS = TestKeys.rsa();
    private static final char[] PASSWORD = "pass\u00e9wort".toCharArray();

    static Stream<Arguments> encryptions() {
        PBKDFConfig sha256 = pbkdf2(PKCSObjectIdentifiers.id_hmacWithSHA256);
        return Stream.of(
                Arguments.of("openssl's default", sha256, NISTObjectIdentifiers.id_aes256_CBC),
                Arguments.of("AES-192", sha256, NISTObjectIdentifiers.id_aes192_CBC),
                Arguments.of("AES-128", sha256, NISTObjectIdentifiers.id_aes128_CBC),
                Arguments.of("triple DES", sha256, PKCSObjectIdentifiers.des_EDE3_CBC),
                Arguments.of(
                        "SHA-1", pbkdf2(PKCSObjectIdentifiers.id_hmacWithSHA1), NISTObjectIdentifiers.id_aes256_CBC),
                Arguments.of(
                        "SHA-512",
                        pbkdf2(PKCSObjectIdentifiers.id_hmacWithSHA512),
                        NISTObjectIdentifiers.id_aes256_CBC),
                Arguments.of(
                        "scrypt",
                        new ScryptConfig.Builder(1024, 8, 1).withSaltLength(16).build(),
                        NISTObjectIdentifiers.id_aes256_CBC));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encryptions")
    void opensWithThePassword(String name, PBKDFConfig derivation, ASN1ObjectIdentifier cipher) throws Exception {
        PKCS8EncryptedPrivateKeyInfo encrypted =
                encrypt(new JcePKCSPBEOutputEncryptorBuilder(derivation, cipher), PASSWORD);

        PrivateKeyInfo opened = encrypted.decryptPrivateKeyInfo(new PasswordDecryptor(PASSWORD));

        assertThat(opened.getEncoded()).isEqualTo(KEYS.getPrivate().getEncoded());
        assertThatThrownBy(() -> encrypted.decryptPrivateKeyInfo(new PasswordDecryptor("guess".toCharArray())))
                .isInstanceOfAny(PKCSException.class, RuntimeException.class);
    }

    @ParameterizedTest
    @MethodSource("ofPkcs12")
    void opensWhatOldProgramsEncryptedAsPkcs12Does(ASN1ObjectIdentifier scheme) throws Exception {
        char[] password = "password".toCharArray();
        PKCS8EncryptedPrivateKeyInfo encrypted = encrypt(new JcePKCSPBEOutputEncryptorBuilder(scheme), password);

        PrivateKeyInfo opened = encrypted.decryptPrivateKeyInfo(new PasswordDecryptor(password));

        assertThat(opened.getEncoded()).isEqualTo(KEYS.getPrivate().getEncoded());
    }

    static Stream<ASN1ObjectIdentifier> ofPkcs12() {
        return Stream.of(
                PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC,
                PKCSObjectIdentifiers.pbeWithSHAAnd2_KeyTripleDES_CBC);
    }

    private static PBKDFConfig pbkdf2(ASN1ObjectIdentifier hmac) {
        return new PBKDF2Config.Builder()
                .withPRF(new AlgorithmIdentifier(hmac, DERNull.INSTANCE))
                .withIterationCount(2048)
                .withSaltLength(16)
                .build();
    }

    private static PKCS8EncryptedPrivateKeyInfo encrypt(JcePKCSPBEOutputEncryptorBuilder builder, char[] password)
            throws OperatorCreationException {
        return new PKCS8EncryptedPrivateKeyInfoBuilder(KEYS.getPrivate().getEncoded())
                .build(builder.setProvider(new BouncyCastleProvider())
                        .setRandom(new SecureRandom())
                        .build(password));
    }
}
