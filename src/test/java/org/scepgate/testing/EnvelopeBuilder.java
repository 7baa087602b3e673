package org.scepgate.testing;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/** Builder of EnvelopedData (RFC 5652, 6), whose paddings can be spoilt in the ways an attacker would. */
public final class EnvelopeBuilder {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What happens to the content key on its way into the RSA block. */
    private enum KeyForm {
        PROPER,
        CHANGED,
        WRONG_PADDING,
        WRONG_KEY_LENGTH
    }

    private record Recipient(X509CertificateHolder certificate, boolean byKeyIdentifier) {}

    private final byte[] content;
    private final List<Recipient> recipients = new ArrayList<>();
    private ContentCipher cipher = ContentCipher.AES_128;
    private KeyTransport transport = KeyTransport.PKCS1;
    private Encoding encoding = Encoding.DER;
    private ASN1ObjectIdentifier contentType = CMSObjectIdentifiers.data;
    private KeyForm keyBlock = KeyForm.PROPER;
    private UnaryOperator<byte[]> keyBlockChange = UnaryOperator.identity();
    private boolean wrongContentPadding;

    private EnvelopeBuilder(byte[] content) {
        this.content = content.clone();
    }

    public static EnvelopeBuilder of(byte[] content) {
        return new EnvelopeBuilder(content);
    }

    /** Adds a recipient named by issuer and serial number. */
    public EnvelopeBuilder to(X509CertificateHolder certificate) {
        recipients.add(new Recipient(certificate, false));
        return this;
    }

    /** Adds a recipient named by subjectKeyIdentifier. */
    public EnvelopeBuilder toKeyIdentifier(X509CertificateHolder certificate) {
        recipients.add(new Recipient(certificate, true));
        return this;
    }

    public EnvelopeBuilder cipher(ContentCipher value) {
        this.cipher = value;
        return this;
    }

    public EnvelopeBuilder keyTransport(KeyTransport value) {
        this.transport = value;
        return this;
    }

    public EnvelopeBuilder encoding(Encoding value) {
        this.encoding = value;
        return this;
    }

    public EnvelopeBuilder contentType(ASN1ObjectIdentifier value) {
        this.contentType = value;
        return this;
    }

    /** The RSA block decrypts to something that is no PKCS#1 or OAEP block. */
    public EnvelopeBuilder wrongKeyPadding() {
        this.keyBlock = KeyForm.WRONG_PADDING;
        return this;
    }

    /** The 256 bytes that RSA encrypts, after a change, to a recipient with a key of 2048 bits. */
    public EnvelopeBuilder keyBlock(UnaryOperator<byte[]> change) {
        this.keyBlock = KeyForm.CHANGED;
        this.keyBlockChange = change;
        return this;
    }

    /** The RSA block holds five bytes, which are no key of any cipher. */
    public EnvelopeBuilder wrongKeyLength() {
        this.keyBlock = KeyForm.WRONG_KEY_LENGTH;
        return this;
    }

    /** The content ends in zeros, which are no PKCS#7 padding. */
    public EnvelopeBuilder wrongContentPadding() {
        this.wrongContentPadding = true;
        return this;
    }

    /** The ContentInfo of type envelopedData. */
    public byte[] build() {
        try {
            byte[] key = contentKey();
            ASN1EncodableVector infos = new ASN1EncodableVector();
            for (Recipient recipient : recipients) {
                infos.add(recipientInfo(recipient, key));
            }
            boolean byKeyIdentifier = recipients.stream().anyMatch(Recipient::byKeyIdentifier);
            ASN1Encodable enveloped = encoding.sequence(
                    new ASN1Integer(byKeyIdentifier ? 2 : 0), encoding.set(infos), encryptedContent(key));
            return encoding.sequence(CMSObjectIdentifiers.envelopedData, encoding.explicit(0, enveloped))
                    .getEncoded();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] contentKey() {
        byte[] key = new byte[cipher.keyBytes()];
        RANDOM.nextBytes(key);
        return key;
    }

    private ASN1Encodable encryptedContent(byte[] key) throws GeneralSecurityException {
        byte[] iv = new byte[cipher.blockBytes()];
        RANDOM.nextBytes(iv);
        String padding = wrongContentPadding ? "/CBC/NoPadding" : "/CBC/PKCS5Padding";
        Cipher jce = Cipher.getInstance(cipher.algorithm() + padding);
        jce.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, cipher.algorithm()), new IvParameterSpec(iv));
        byte[] encrypted = jce.doFinal(wrongContentPadding ? zeroPadded() : content);
        return encoding.sequence(
                contentType,
                new AlgorithmIdentifier(cipher.id(), new DEROctetString(iv)),
                encoding.implicit(0, encoding.octets(encrypted)));
    }

    private byte[] zeroPadded() {
        int block = cipher.blockBytes();
        return Arrays.copyOf(content, (content.length / block + 1) * block);
    }

    private ASN1Encodable recipientInfo(Recipient recipient, byte[] key) throws GeneralSecurityException, IOException {
        X509CertificateHolder certificate = recipient.certificate();
        ASN1Encodable identifier = recipient.byKeyIdentifier()
                ? new DERTaggedObject(false, 0, new DEROctetString(keyIdentifier(certificate)))
                : new IssuerAndSerialNumber(certificate.getIssuer(), certificate.getSerialNumber());
        return new DERSequence(new ASN1Encodable[] {
            new ASN1Integer(recipient.byKeyIdentifier() ? 2 : 0),
            identifier,
            transport.identifier(),
            new DEROctetString(encryptedKey(publicKey(certificate), key))
        });
    }

    private byte[] encryptedKey(PublicKey recipient, byte[] key) throws GeneralSecurityException {
        switch (keyBlock) {
            case CHANGED:
                return transport == KeyTransport.PKCS1
                        ? KeyBlock.pkcs1(key, recipient, keyBlockChange)
                        : KeyBlock.oaep(key, recipient, keyBlockChange);
            case WRONG_KEY_LENGTH:
                return transport.wrap(Arrays.copyOf(key, 5), recipient);
            case WRONG_PADDING:
                Cipher raw = Cipher.getInstance("RSA/ECB/NoPadding");
                raw.init(Cipher.ENCRYPT_MODE, recipient);
                byte[] block = new byte[raw.getOutputSize(0)];
                RANDOM.nextBytes(block);
                block[0] = 0x00;
                block[1] = 0x07;
                return raw.doFinal(block);
            default:
                return transport.wrap(key, recipient);
        }
    }

    private static byte[] keyIdentifier(X509CertificateHolder certificate) {
        return SubjectKeyIdentifier.fromExtensions(certificate.getExtensions()).getKeyIdentifier();
    }

    private static PublicKey publicKey(X509CertificateHolder certificate) throws GeneralSecurityException, IOException {
        byte[] encoded = certificate.getSubjectPublicKeyInfo().getEncoded();
        return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
    }
}
