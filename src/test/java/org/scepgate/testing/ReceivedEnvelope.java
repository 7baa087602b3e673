package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.PasswordRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.jcajce.JcePasswordEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The EnvelopedData of a CertRep, encrypted to the signer of the request or to its challenge, and to nobody else. */
public final class ReceivedEnvelope {
    private final byte[] encoded;
    private final RecipientInfo recipient;
    private final EncryptedContentInfo encrypted;

    private ReceivedEnvelope(byte[] encoded, RecipientInfo recipient, EncryptedContentInfo encrypted) {
        this.encoded = encoded;
        this.recipient = recipient;
        this.encrypted = encrypted;
    }

    static ReceivedEnvelope read(byte[] content) {
        try {
            ContentInfo info = ContentInfo.getInstance(ASN1Primitive.fromByteArray(content));
            assertThat(info.getContentType()).isEqualTo(CMSObjectIdentifiers.envelopedData);
            EnvelopedData data = EnvelopedData.getInstance(info.getContent());
            assertThat(data.getRecipientInfos().size()).as("recipients").isEqualTo(1);
            RecipientInfo recipient =
                    RecipientInfo.getInstance(data.getRecipientInfos().getObjectAt(0));
            EncryptedContentInfo encrypted = data.getEncryptedContentInfo();
            assertThat(encrypted.getContentType()).isEqualTo(CMSObjectIdentifiers.data);
            return new ReceivedEnvelope(content, recipient, encrypted);
        } catch (IOException e) {
            throw new AssertionError("no EnvelopedData", e);
        }
    }

    /** The whole ContentInfo, for programs that open it themselves. */
    public byte[] encoded() {
        return encoded.clone();
    }

    public ContentCipher cipher() {
        return ContentCipher.of(encrypted.getContentEncryptionAlgorithm().getAlgorithm());
    }

    public KeyTransport keyTransport() {
        return KeyTransport.of(toKey().getKeyEncryptionAlgorithm());
    }

    private KeyTransRecipientInfo toKey() {
        assertThat(recipient.getInfo()).isInstanceOf(KeyTransRecipientInfo.class);
        return (KeyTransRecipientInfo) recipient.getInfo();
    }

    /** Decrypts with a password, as a device does whose key cannot decrypt (RFC 8894, 3.1). */
    public byte[] open(String password) {
        assertThat(recipient.getInfo()).isInstanceOf(PasswordRecipientInfo.class);
        try {
            return new CMSEnvelopedData(encoded)
                    .getRecipientInfos()
                    .getRecipients()
                    .iterator()
                    .next()
                    .getContent(new JcePasswordEnvelopedRecipient(password.toCharArray())
                            .setProvider(new BouncyCastleProvider()));
        } catch (CMSException e) {
            throw new AssertionError("the password does not open the envelope", e);
        }
    }

    /** Decrypts with the key of the request's signer, whose certificate the recipient must name. */
    public byte[] open(TestSigner signer) {
        assertThat(IssuerAndSerialNumber.getInstance(
                        toKey().getRecipientIdentifier().getId()))
                .isEqualTo(new IssuerAndSerialNumber(
                        signer.certificate().getIssuer(), signer.certificate().getSerialNumber()));
        ContentCipher cipher = cipher();
        byte[] iv = ASN1OctetString.getInstance(
                        encrypted.getContentEncryptionAlgorithm().getParameters())
                .getOctets();
        try {
            byte[] key = keyTransport()
                    .unwrap(toKey().getEncryptedKey().getOctets(), signer.keys().getPrivate());
            Cipher jce = Cipher.getInstance(cipher.algorithm() + "/CBC/PKCS5Padding");
            jce.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, cipher.algorithm()), new IvParameterSpec(iv));
            return jce.doFinal(encrypted.getEncryptedContent().getOctets());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("the envelope cannot be opened", e);
        }
    }
}
