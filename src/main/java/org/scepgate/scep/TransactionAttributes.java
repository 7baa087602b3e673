package org.scepgate.scep;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;

/**
 * The signed attributes of a request (RFC 8894 section 3.2.1, RFC 5652 section 11). One that is there twice, has two
 * values or another type than it must have counts as missing.
 */
record TransactionAttributes(
        Optional<TransactionId> transactionId,
        Optional<MessageType> messageType,
        Optional<Nonce> senderNonce,
        Optional<ASN1ObjectIdentifier> contentType,
        Optional<byte[]> messageDigest) {
    static TransactionAttributes of(ASN1Set signedAttributes) {
        return new TransactionAttributes(
                findText(signedAttributes, ScepAttributes.TRANSACTION_ID)
                        .filter(TransactionId::isAcceptable)
                        .map(TransactionId::new),
                findText(signedAttributes, ScepAttributes.MESSAGE_TYPE).flatMap(MessageType::findRequest),
                findBytes(signedAttributes, ScepAttributes.SENDER_NONCE)
                        .filter(Nonce::isAcceptable)
                        .map(Nonce::new),
                find(signedAttributes, CMSAttributes.contentType)
                        .filter(ASN1ObjectIdentifier.class::isInstance)
                        .map(ASN1ObjectIdentifier.class::cast),
                findBytes(signedAttributes, CMSAttributes.messageDigest));
    }

    static Optional<String> findText(ASN1Set attributes, ASN1ObjectIdentifier type) {
        return find(attributes, type)
                .filter(ASN1PrintableString.class::isInstance)
                .map(value -> ((ASN1PrintableString) value).getString());
    }

    static Optional<byte[]> findBytes(ASN1Set attributes, ASN1ObjectIdentifier type) {
        return find(attributes, type)
                .filter(ASN1OctetString.class::isInstance)
                .map(value -> ((ASN1OctetString) value).getOctets());
    }

    static Optional<ASN1Encodable> find(ASN1Set attributes, ASN1ObjectIdentifier type) {
        Attribute found = null;
        for (ASN1Encodable element : attributes) {
            Attribute attribute = Attribute.getInstance(element);
            if (attribute.getAttrType().equals(type)) {
                if (found != null) {
                    return Optional.empty();
                }
                found = attribute;
            }
        }
        return Optional.ofNullable(found)
                .map(Attribute::getAttrValues)
                .filter(values -> values.size() == 1)
                .map(values -> values.getObjectAt(0));
    }
}
