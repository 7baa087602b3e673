package org.scepgate.scep;

import static org.scepgate.scep.Keys.sure;

import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.BEROctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientIdentifier;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/** An EnvelopedData put together step by step, so that any step can go wrong. */
final class EnvelopeBuilder {
    private ASN1ObjectIdentifier cipher = NISTObjectIdentifiers.id_aes128_CBC;
    private String keyName = "AES";
    private byte[] key = random(16);
    private int block = 16;
    private ASN1Encodable cipherParameters;
    private AlgorithmIdentifier transport =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    private OAEPParameterSpec oaep;
    private RecipientIdentifier recipient = identifier(Keys.RA_CERTIFICATE);
    private byte[] encryptedKey;
    private byte[] encryptedContent;
    private boolean padding = true;
    private boolean constructed;
    private ASN1ObjectIdentifier innerType = CMSObjectIdentifiers.data;
    private List<RecipientInfo> before = List.of();

    EnvelopeBuilder cipher(ASN1ObjectIdentifier oid, String name, int keyLength, int blockLength) {
        this.cipher = oid;
        this.keyName = name;
        this.key = random(keyLength);
        this.block = blockLength;
        return this;
    }

    EnvelopeBuilder key(byte[] contentKey) {
        this.key = contentKey;
        return this;
    }

    EnvelopeBuilder cipherParameters(ASN1Encodable parameters) {
        this.cipherParameters = parameters;
        return this;
    }

    EnvelopeBuilder transport(AlgorithmIdentifier algorithm, OAEPParameterSpec spec) {
        this.transport = algorithm;
        this.oaep = spec;
        return this;
    }

    EnvelopeBuilder recipient(RecipientIdentifier identifier) {
        this.recipient = identifier;
        return this;
    }

    EnvelopeBuilder recipientKeyId(byte[] keyId) {
        return recipient(new RecipientIdentifier((ASN1OctetString) new DEROctetString(keyId)));
    }

    EnvelopeBuilder encryptedKey(byte[] bytes) {
        this.encryptedKey = bytes;
        return this;
    }

    EnvelopeBuilder encryptedContent(byte[] bytes) {
        this.encryptedContent = bytes;
        return this;
    }

    EnvelopeBuilder withoutPadding() {
        this.padding = false;
        return this;
    }

    EnvelopeBuilder constructedContent() {
        this.constructed = true;
        return this;
    }

    EnvelopeBuilder innerType(ASN1ObjectIdentifier type) {
        this.innerType = type;
        return this;
    }

    EnvelopeBuilder after(RecipientInfo... others) {
        this.before = List.of(others);
        return this;
    }

    static RecipientIdentifier identifier(X509CertificateHolder certificate) {
        return new RecipientIdentifier(new IssuerAndSerialNumber(certificate.toASN1Structure()));
    }

    RecipientInfo recipientInfo() {
        byte[] sealed = encryptedKey == null ? sure(this::encryptKey) : encryptedKey;
        return new RecipientInfo(new KeyTransRecipientInfo(recipient, transport, new DEROctetString(sealed)));
    }

    byte[] build(byte[] content) {
        return build(content, ASN1Encoding.DER);
    }

    byte[] build(byte[] content, String encoding) {
        return sure(() -> new ContentInfo(CMSObjectIdentifiers.envelopedData, structure(content)).getEncoded(encoding));
    }

    EnvelopedData structure(byte[] content) {
        byte[] iv = random(block);
        ASN1Encodable parameters = cipherParameters == null ? new DEROctetString(iv) : cipherParameters;
        byte[] encrypted = encryptedContent == null ? sure(() -> encrypt(content, iv)) : encryptedContent;
        ASN1OctetString octets = constructed ? new BEROctetString(encrypted, 100) : new DEROctetString(encrypted);
        ASN1EncodableVector recipientInfos = new ASN1EncodableVector();
        before.forEach(recipientInfos::add);
        recipientInfos.add(recipientInfo());
        EncryptedContentInfo info =
                new EncryptedContentInfo(innerType, new AlgorithmIdentifier(cipher, parameters), octets);
        return new EnvelopedData(null, new DERSet(recipientInfos), info, (ASN1Set) null);
    }

    private byte[] encryptKey() throws Exception {
        if (oaep == null) {
            Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            rsa.init(Cipher.ENCRYPT_MODE, Keys.RA.getPublic());
            return rsa.doFinal(key);
        }
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
        rsa.init(Cipher.ENCRYPT_MODE, Keys.RA.getPublic(), oaep);
        return rsa.doFinal(key);
    }

    private byte[] encrypt(byte[] content, byte[] iv) throws Exception {
        Cipher symmetric = Cipher.getInstance(keyName + "/CBC/" + (padding ? "PKCS5Padding" : "NoPadding"));
        symmetric.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, keyName), new IvParameterSpec(iv));
        return symmetric.doFinal(content);
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
