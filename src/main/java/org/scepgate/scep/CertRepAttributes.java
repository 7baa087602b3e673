package org.scepgate.scep;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1UTF8String;

/** The signed attributes of an answer that say what it answers, and how (RFC 8894 section 3.2.1, table 1). */
record CertRepAttributes(
        boolean isCertRep,
        Optional<PkiStatus> pkiStatus,
        Optional<FailInfo> failInfo,
        Optional<String> failInfoText,
        Optional<Nonce> recipientNonce) {
    private static final String CERT_REP = Integer.toString(MessageType.CERT_REP.value());

    static CertRepAttributes of(SignedMessage message) {
        ASN1Set attributes = ASN1Set.getInstance(message.signedAttributes());
        return new CertRepAttributes(
                TransactionAttributes.findText(attributes, ScepAttributes.MESSAGE_TYPE)
                        .filter(CERT_REP::equals)
                        .isPresent(),
                TransactionAttributes.findText(attributes, ScepAttributes.PKI_STATUS)
                        .flatMap(PkiStatus::find),
                TransactionAttributes.findText(attributes, ScepAttributes.FAIL_INFO)
                        .flatMap(FailInfo::find),
                TransactionAttributes.find(attributes, ScepAttributes.FAIL_INFO_TEXT)
                        .filter(ASN1UTF8String.class::isInstance)
                        .map(text -> ((ASN1UTF8String) text).getString()),
                TransactionAttributes.findBytes(attributes, ScepAttributes.RECIPIENT_NONCE)
                        .filter(Nonce::isAcceptable)
                        .map(Nonce::new));
    }
}
