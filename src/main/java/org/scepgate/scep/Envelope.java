package org.scepgate.scep;

import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;

/**
 * The pkcsPKIEnvelope, taken apart (RFC 8894 section 3.2.2, RFC 5652 section 6.1).
 *
 * @param cipher empty if we do not know it
 */
record Envelope(
        List<SealedKey> sealedKeys,
        Optional<ContentCipher> cipher,
        byte[] initializationVector,
        byte[] encryptedContent) {
    /** data, as RFC 8894 section 3.2 has it, or envelopedData, as XiPKI's client. */
    static boolean isAcceptable(ASN1ObjectIdentifier eContentType) {
        return eContentType.equals(CMSObjectIdentifiers.data)
                || eContentType.equals(CMSObjectIdentifiers.envelopedData);
    }

    static Envelope read(SignedMessage message) throws RejectedException {
        try {
            return EncodingRules.BER.read(message.content(), content -> of(content, message.contentType()));
        } catch (UnreadableException e) {
            throw new RejectedException(Rejection.ENVELOPE_MALFORMED);
        }
    }

    private static Envelope of(ASN1Primitive content, ASN1ObjectIdentifier contentType) {
        EnvelopedData data = envelopedData(ASN1Sequence.getInstance(content), contentType);
        EncryptedContentInfo info = data.getEncryptedContentInfo();
        if (!info.getContentType().equals(CMSObjectIdentifiers.data)) {
            throw new IllegalArgumentException("not encrypted data");
        }
        return new Envelope(
                // The other kinds of recipient are tagged: key agreement, KEK, password.
                StreamSupport.stream(data.getRecipientInfos().spliterator(), false)
                        .filter(ASN1Sequence.class::isInstance)
                        .map(KeyTransRecipientInfo::getInstance)
                        .map(SealedKey::of)
                        .toList(),
                ContentCipher.find(info.getContentEncryptionAlgorithm().getAlgorithm()),
                initializationVector(info),
                info.getEncryptedContent().getOctets());
    }

    // Under eContentType envelopedData, CMS has the bare structure, but XiPKI's client a whole ContentInfo.
    static EnvelopedData envelopedData(ASN1Sequence content, ASN1ObjectIdentifier contentType) {
        boolean mayBeBare = contentType.equals(CMSObjectIdentifiers.envelopedData);
        if (mayBeBare && !(content.getObjectAt(0) instanceof ASN1ObjectIdentifier)) {
            return EnvelopedData.getInstance(content);
        }
        ContentInfo wrapped = ContentInfo.getInstance(content);
        if (!wrapped.getContentType().equals(CMSObjectIdentifiers.envelopedData)) {
            throw new IllegalArgumentException("not EnvelopedData");
        }
        return EnvelopedData.getInstance(wrapped.getContent());
    }

    // Ciphers that we do not know have parameters of other types.
    private static byte[] initializationVector(EncryptedContentInfo info) {
        return info.getContentEncryptionAlgorithm().getParameters() instanceof ASN1OctetString octets
                ? octets.getOctets()
                : new byte[0];
    }
}
