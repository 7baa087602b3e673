package org.scepgate.scep;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;

/** Writes a pkcsPKIEnvelope: EnvelopedData for one recipient, in DER (RFC 8894 section 3.2.2, RFC 5652 section 6). */
final class EnvelopeEncoder {
    private static final String PROVIDER = "SunJCE";
    private static final byte[] ENVELOPED_DATA = Der.of(CMSObjectIdentifiers.envelopedData);
    private static final byte[] DATA = Der.of(CMSObjectIdentifiers.data);
    private static final byte[] VERSION_0 = Der.integer(0);
    // RFC 5652 section 6.1: with a PasswordRecipientInfo.
    private static final byte[] VERSION_3 = Der.integer(3);

    private final SecureRandom random;
    private final PublicKeyOperations operations;
    private final PasswordWrap passwords;

    EnvelopeEncoder(SecureRandom random) {
        this(random, PublicKeyOperations.OF_JDK);
    }

    EnvelopeEncoder(SecureRandom random, PublicKeyOperations operations) {
        this.random = random;
        this.operations = operations;
        this.passwords = new PasswordWrap(random);
    }

    byte[] encode(byte[] content, EnvelopeRecipient recipient, ContentCipher cipher, KeyTransport transport) {
        byte[] key = randomBytes(cipher.keyLength());
        byte[] recipientInfo = recipient.needsPassword()
                ? passwords.recipientInfo(key, requirePassword(recipient), keyEncryption(cipher))
                : keyTransport(key, recipient.certificate(), transport);
        byte[] envelopedData = Der.sequence(
                recipient.needsPassword() ? VERSION_3 : VERSION_0,
                Der.encode(Der.SET, recipientInfo),
                encryptedContentInfo(content, key, cipher));
        return Der.sequence(ENVELOPED_DATA, Der.encode(Der.CONTEXT_0, envelopedData));
    }

    private static String requirePassword(EnvelopeRecipient recipient) {
        return recipient
                .password()
                .orElseThrow(() -> new IllegalArgumentException("Neither key nor password to encrypt with"));
    }

    private static ContentCipher keyEncryption(ContentCipher content) {
        return content == ContentCipher.DES3 ? ContentCipher.AES_128 : content;
    }

    private byte[] keyTransport(byte[] key, X509CertificateHolder recipient, KeyTransport transport) {
        return Der.sequence(
                VERSION_0,
                issuerAndSerialNumber(recipient),
                Der.of(transport.identifier()),
                Der.encode(Der.OCTET_STRING, encryptKey(key, recipient, transport)));
    }

    static byte[] issuerAndSerialNumber(X509CertificateHolder certificate) {
        return Der.sequence(
                Der.of(certificate.getIssuer()),
                Der.encode(Der.INTEGER, certificate.getSerialNumber().toByteArray()));
    }

    private byte[] encryptedContentInfo(byte[] content, byte[] key, ContentCipher algorithm) {
        byte[] initializationVector = randomBytes(algorithm.blockLength());
        byte[] identifier = Der.sequence(Der.of(algorithm.oid()), Der.encode(Der.OCTET_STRING, initializationVector));
        try {
            Cipher cipher = Cipher.getInstance(algorithm.jcaName() + "/CBC/PKCS5Padding", PROVIDER);
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, algorithm.jcaName()),
                    new IvParameterSpec(initializationVector));
            return Der.sequence(DATA, identifier, Der.encode(Der.CONTEXT_0_PRIMITIVE, cipher.doFinal(content)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot encrypt with " + algorithm, e);
        }
    }

    private byte[] encryptKey(byte[] key, X509CertificateHolder recipient, KeyTransport transport) {
        PublicKey publicKey = PublicKeys.find(recipient.getSubjectPublicKeyInfo())
                .orElseThrow(() -> new IllegalArgumentException("The recipient's key is unacceptable"));
        try {
            if (transport.oaep().isEmpty()) {
                return operations.encrypt(key, publicKey);
            }
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE, publicKey, oaepSpec(transport.oaep().get()), random);
            return cipher.doFinal(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot encrypt to an RSA key", e);
        }
    }

    private static OAEPParameterSpec oaepSpec(KeyTransport.Oaep oaep) {
        return new OAEPParameterSpec(
                oaep.digest().jcaName(),
                "MGF1",
                new MGF1ParameterSpec(oaep.mgfDigest().jcaName()),
                PSource.PSpecified.DEFAULT);
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
