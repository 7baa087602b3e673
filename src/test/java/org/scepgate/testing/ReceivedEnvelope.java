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
import org.bouncycastle.asn1.cms.RecipientInfo;

/** The EnvelopedData of a CertRep, encrypted to the signer of the request and to nobody else. */
public final class ReceivedEnvelope {
    private final KeyTransRecipientInfo recipient;
    private final EncryptedContentInfo encrypted;

    private ReceivedEnvelope(KeyTransRecipientInfo recipient, EncryptedContentInfo encrypted) {
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
            return new ReceivedEnvelope(KeyTransRecipientInfo.getInstance(recipient.getInfo()), encrypted);
        } catch (IOException e) {
            throw new AssertionError("no EnvelopedData", e);
        }
    }

    public ContentCipher cipher() {
        return ContentCipher.of(encrypted.getContentEncryptionAlgorithm().getAlgorithm());
    }

    public KeyTransport keyTransport() {
        return KeyTransport.of(recipient.getKeyEncryptionAlgorithm());
    }

    /** Decrypts with the key of the request's signer, whose certificate the recipient must name. */
    public byte[] open(TestSigner signer) {
        assertThat(IssuerAndSerialNumber.getInstance(
                        recipient.getRecipientIdentifier().getId()))
                .isEqualTo(new IssuerAndSerialNumber(
                        signer.certificate().getIssuer(), signer.certificate().getSerialNumber()));
        ContentCipher cipher = cipher();
        byte[] iv = ASN1OctetString.getInstance(
                        encrypted.getContentEncryptionAlgorithm().getParameters())
                .getOctets();
        try {
            byte[] key = keyTransport()
                    .unwrap(
                            recipient.getEncryptedKey().getOctets(),
                            signer.keys().getPrivate());
            Cipher jce = Cipher.getInstance(cipher.algorithm() + "/CBC/PKCS5Padding");
            jce.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, cipher.algorithm()), new IvParameterSpec(iv));
            return jce.doFinal(encrypted.getEncryptedContent().getOctets());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("the envelope cannot be opened", e);
        }
    }
}
