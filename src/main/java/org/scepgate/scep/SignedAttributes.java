package org.scepgate.scep;

import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;

/** The signed attributes of one message (RFC 8894 section 3.2.1), gathered in DER. */
final class SignedAttributes {
    private static final byte[] DATA = Der.of(CMSObjectIdentifiers.data);

    private final List<byte[]> attributes = new ArrayList<>();

    SignedAttributes(MessageType messageType, TransactionId transactionId, Nonce fresh) {
        add(CMSAttributes.contentType, DATA);
        number(ScepAttributes.MESSAGE_TYPE, messageType.value());
        add(ScepAttributes.TRANSACTION_ID, Der.printable(transactionId.value()));
        octets(ScepAttributes.SENDER_NONCE, fresh.bytes());
    }

    /** In decimal, as PrintableString. */
    SignedAttributes number(ASN1ObjectIdentifier type, int value) {
        return add(type, Der.printable(Integer.toString(value)));
    }

    SignedAttributes octets(ASN1ObjectIdentifier type, byte[] value) {
        return add(type, Der.encode(Der.OCTET_STRING, value));
    }

    SignedAttributes utf8(ASN1ObjectIdentifier type, String text) {
        return add(type, Der.utf8(text));
    }

    /** The whole SET OF Attribute, as it is signed (RFC 5652 section 5.4). */
    byte[] with(byte[] messageDigest) {
        octets(CMSAttributes.messageDigest, messageDigest);
        return Der.setOf(attributes);
    }

    private SignedAttributes add(ASN1ObjectIdentifier type, byte[] value) {
        attributes.add(Der.sequence(Der.of(type), Der.encode(Der.SET, value)));
        return this;
    }
}
