package org.scepgate.ca;

import java.io.InputStream;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.io.CipherInputStream;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.operator.InputDecryptor;
import org.bouncycastle.operator.InputDecryptorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDefaultDigestProvider;
import org.bouncycastle.pkcs.bc.BcPKCS12PBEInputDecryptorProviderBuilder;

/**
 * Opens private keys that are encrypted under a password: PBES2 (RFC 8018, 6.2), and the older ones of PKCS#12. Without
 * Bouncy Castle's JCA provider, which finds its parts by reflection and would not in a native executable.
 */
final class PasswordDecryptor implements InputDecryptorProvider {
    private static final Map<ASN1ObjectIdentifier, Integer> KEY_BITS = Map.of(
            NISTObjectIdentifiers.id_aes128_CBC, 128,
            NISTObjectIdentifiers.id_aes192_CBC, 192,
            NISTObjectIdentifiers.id_aes256_CBC, 256,
            PKCSObjectIdentifiers.des_EDE3_CBC, 192);
    /** The digest of each HMAC. */
    private static final Map<ASN1ObjectIdentifier, ASN1ObjectIdentifier> DIGESTS = Map.of(
            PKCSObjectIdentifiers.id_hmacWithSHA1, OIWObjectIdentifiers.idSHA1,
            PKCSObjectIdentifiers.id_hmacWithSHA224, NISTObjectIdentifiers.id_sha224,
            PKCSObjectIdentifiers.id_hmacWithSHA256, NISTObjectIdentifiers.id_sha256,
            PKCSObjectIdentifiers.id_hmacWithSHA384, NISTObjectIdentifiers.id_sha384,
            PKCSObjectIdentifiers.id_hmacWithSHA512, NISTObjectIdentifiers.id_sha512);

    private final char[] password;

    PasswordDecryptor(char[] password) {
        this.password = password.clone();
    }

    @Override
    public InputDecryptor get(AlgorithmIdentifier algorithm) throws OperatorCreationException {
        if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
            return new BcPKCS12PBEInputDecryptorProviderBuilder()
                    .build(password)
                    .get(algorithm);
        }
        PBES2Parameters parameters = PBES2Parameters.getInstance(algorithm.getParameters());
        EncryptionScheme scheme = parameters.getEncryptionScheme();
        PaddedBufferedBlockCipher cipher =
                new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(engine(scheme.getAlgorithm())));
        byte[] iv = ASN1OctetString.getInstance(scheme.getParameters()).getOctets();
        KeyParameter key = key(parameters.getKeyDerivationFunc(), keyBits(scheme.getAlgorithm()));
        cipher.init(false, new ParametersWithIV(key, iv));
        return new Decryptor(algorithm, cipher);
    }

    private static BlockCipher engine(ASN1ObjectIdentifier cipher) {
        return cipher.equals(PKCSObjectIdentifiers.des_EDE3_CBC) ? new DESedeEngine() : AESEngine.newInstance();
    }

    private static int keyBits(ASN1ObjectIdentifier cipher) throws OperatorCreationException {
        Integer bits = KEY_BITS.get(cipher);
        if (bits == null) {
            throw new OperatorCreationException("cipher " + cipher + " is not known here");
        }
        return bits;
    }

    private KeyParameter key(KeyDerivationFunc derivation, int bits) throws OperatorCreationException {
        byte[] secret = PBEParametersGenerator.PKCS5PasswordToUTF8Bytes(password);
        if (derivation.getAlgorithm().equals(MiscObjectIdentifiers.id_scrypt)) {
            ScryptParams scrypt = ScryptParams.getInstance(derivation.getParameters());
            return new KeyParameter(SCrypt.generate(
                    secret,
                    scrypt.getSalt(),
                    scrypt.getCostParameter().intValueExact(),
                    scrypt.getBlockSize().intValueExact(),
                    scrypt.getParallelizationParameter().intValueExact(),
                    bits / Byte.SIZE));
        }
        if (!derivation.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
            throw new OperatorCreationException("key derivation " + derivation.getAlgorithm() + " is not known here");
        }
        PBKDF2Params parameters = PBKDF2Params.getInstance(derivation.getParameters());
        PKCS5S2ParametersGenerator generator = generator(parameters.getPrf());
        generator.init(
                secret, parameters.getSalt(), parameters.getIterationCount().intValueExact());
        return (KeyParameter) generator.generateDerivedParameters(bits);
    }

    private static PKCS5S2ParametersGenerator generator(AlgorithmIdentifier hmac) throws OperatorCreationException {
        ASN1ObjectIdentifier digest = DIGESTS.get(hmac.getAlgorithm());
        if (digest == null) {
            throw new OperatorCreationException("HMAC " + hmac.getAlgorithm() + " is not known here");
        }
        return new PKCS5S2ParametersGenerator(BcDefaultDigestProvider.INSTANCE.get(new AlgorithmIdentifier(digest)));
    }

    private record Decryptor(AlgorithmIdentifier algorithm, PaddedBufferedBlockCipher cipher)
            implements InputDecryptor {
        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return algorithm;
        }

        @Override
        public InputStream getInputStream(InputStream encrypted) {
            return new CipherInputStream(encrypted, cipher);
        }
    }
}
