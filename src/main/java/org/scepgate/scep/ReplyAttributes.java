package org.scepgate.scep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;

/** The signed attributes of one CertRep (RFC 8894 section 3.2.1), gathered in DER. */
final class ReplyAttributes {
    private static final byte[] DATA = Der.of(CMSObjectIdentifiers.data);

    private final List<byte[]> attributes = new ArrayList<>();

    ReplyAttributes(ReplyAddress to, PkiStatus status, Nonce fresh) {
        add(CMSAttributes.contentType, DATA);
        add(ScepAttributes.MESSAGE_TYPE, number(MessageType.CERT_REP.value()));
        add(ScepAttributes.PKI_STATUS, number(status.value()));
        add(ScepAttributes.TRANSACTION_ID, Der.printable(to.transactionId().value()));
        add(ScepAttributes.SENDER_NONCE, octets(fresh.bytes()));
        to.senderNonce().ifPresent(nonce -> add(ScepAttributes.RECIPIENT_NONCE, octets(nonce.bytes())));
    }

    ReplyAttributes failInfo(FailInfo failInfo, String text) {
        add(ScepAttributes.FAIL_INFO, number(failInfo.value()));
        Optional.of(text)
                .filter(present -> !present.isEmpty())
                .ifPresent(present -> add(ScepAttributes.FAIL_INFO_TEXT, Der.utf8(present)));
        return this;
    }

    /** The whole SET OF Attribute, as it is signed (RFC 5652 section 5.4). */
    byte[] with(byte[] messageDigest) {
        add(CMSAttributes.messageDigest, octets(messageDigest));
        return Der.setOf(attributes);
    }

    private void add(ASN1ObjectIdentifier type, byte[] value) {
        attributes.add(Der.sequence(Der.of(type), Der.encode(Der.SET, value)));
    }

    private static byte[] number(int value) {
        return Der.printable(Integer.toString(value));
    }

    private static byte[] octets(byte[] value) {
        return Der.encode(Der.OCTET_STRING, value);
    }
}
