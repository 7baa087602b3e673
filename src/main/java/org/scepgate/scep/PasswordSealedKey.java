package org.scepgate.scep;

import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.PasswordRecipientInfo;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC3211WrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** One PasswordRecipientInfo: the content key, encrypted under a password (RFC 5652 section 6.2.4). Devices only. */
record PasswordSealedKey(
        String derivation,
        byte[] salt,
        int iterations,
        ContentCipher cipher,
        byte[] initializationVector,
        byte[] encryptedKey) {
    // Some tens of milliseconds a hundred thousand: a server asks for no more than it calculates itself.
    private static final int MAX_ITERATIONS = 1_000_000;
    private static final int PASSWORD_RECIPIENT_INFO = 3;
    private static final Map<ASN1ObjectIdentifier, String> DERIVATIONS = Map.of(
            PKCSObjectIdentifiers.id_hmacWithSHA1, "PBKDF2WithHmacSHA1",
            PKCSObjectIdentifiers.id_hmacWithSHA256, "PBKDF2WithHmacSHA256",
            PKCSObjectIdentifiers.id_hmacWithSHA384, "PBKDF2WithHmacSHA384",
            PKCSObjectIdentifiers.id_hmacWithSHA512, "PBKDF2WithHmacSHA512");

    /** The first one of an envelope; empty if there is none of a kind we know. */
    static Optional<PasswordSealedKey> find(SignedMessage message) throws UnreadableException {
        return EncodingRules.BER.read(message.content(), content -> find(content, message.contentType()));
    }

    private static Optional<PasswordSealedKey> find(ASN1Primitive content, ASN1ObjectIdentifier contentType) {
        EnvelopedData data = Envelope.envelopedData(ASN1Sequence.getInstance(content), contentType);
        return StreamSupport.stream(data.getRecipientInfos().spliterator(), false)
                .filter(ASN1TaggedObject.class::isInstance)
                .map(ASN1TaggedObject.class::cast)
                .filter(tagged -> tagged.getTagNo() == PASSWORD_RECIPIENT_INFO)
                .map(tagged -> PasswordRecipientInfo.getInstance(tagged, false))
                .flatMap(info -> of(info).stream())
                .findFirst();
    }

    private static Optional<PasswordSealedKey> of(PasswordRecipientInfo info) {
        AlgorithmIdentifier derivation = info.getKeyDerivationAlgorithm();
        AlgorithmIdentifier encryption = info.getKeyEncryptionAlgorithm();
        boolean known = derivation != null
                && derivation.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)
                && encryption.getAlgorithm().equals(PKCSObjectIdentifiers.id_alg_PWRI_KEK);
        if (!known) {
            return Optional.empty();
        }
        PBKDF2Params parameters = PBKDF2Params.getInstance(derivation.getParameters());
        AlgorithmIdentifier inner = AlgorithmIdentifier.getInstance(encryption.getParameters());
        String prf = DERIVATIONS.get(parameters.getPrf().getAlgorithm());
        return ContentCipher.find(inner.getAlgorithm())
                .filter(cipher -> prf != null && cipher.jcaName().equals("AES"))
                .map(cipher -> new PasswordSealedKey(
                        prf,
                        parameters.getSalt(),
                        parameters.getIterationCount().intValueExact(),
                        cipher,
                        ASN1OctetString.getInstance(inner.getParameters()).getOctets(),
                        info.getEncryptedKey().getOctets()));
    }

    /** The content key; empty if the password is another or the numbers are unreasonable. */
    Optional<byte[]> open(String password) {
        int blockLength = cipher.blockLength();
        boolean reasonable = iterations > 0
                && iterations <= MAX_ITERATIONS
                && salt.length > 0
                && initializationVector.length == blockLength
                && encryptedKey.length >= 2 * blockLength
                && encryptedKey.length % blockLength == 0;
        if (!reasonable) {
            return Optional.empty();
        }
        RFC3211WrapEngine engine = new RFC3211WrapEngine(AESEngine.newInstance());
        engine.init(false, new ParametersWithIV(new KeyParameter(derive(password)), initializationVector));
        try {
            return Optional.of(engine.unwrap(encryptedKey, 0, encryptedKey.length));
        } catch (InvalidCipherTextException e) {
            return Optional.empty();
        }
    }

    private byte[] derive(String password) {
        return PasswordWrap.derive(
                derivation, new PBEKeySpec(password.toCharArray(), salt, iterations, 8 * cipher.keyLength()));
    }
}
