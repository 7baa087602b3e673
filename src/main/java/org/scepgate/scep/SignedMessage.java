package org.scepgate.scep;

import java.util.List;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * The outer SignedData, taken apart and not yet believed (RFC 8894 section 3.2, RFC 5652 section 5.1): one SignerInfo
 * with signed attributes that name a transaction, and the certificate it points to.
 */
record SignedMessage(
        X509CertificateHolder signer,
        TransactionId transactionId,
        TransactionAttributes attributes,
        AlgorithmIdentifier digestAlgorithm,
        AlgorithmIdentifier signatureAlgorithm,
        byte[] signedAttributes,
        byte[] signature,
        ASN1ObjectIdentifier contentType,
        byte[] content) {
    static SignedMessage read(byte[] message) throws MalformedMessageException {
        if (message.length > PkiMessageDecoder.MAX_MESSAGE_BYTES) {
            throw new MalformedMessageException("The message is too long");
        }
        try {
            return EncodingRules.BER.read(message, parsed -> of(parsed, SignedData::getCertificates));
        } catch (UnreadableException e) {
            throw new MalformedMessageException("Not a signed SCEP message", e);
        }
    }

    /** Reads a message that one of these signed, whatever certificates it brings itself. */
    static SignedMessage read(byte[] message, List<X509CertificateHolder> signers) throws UnreadableException {
        ASN1Set known = new DERSet(signers.stream()
                .map(signer -> signer.toASN1Structure().toASN1Primitive())
                .toArray(ASN1Encodable[]::new));
        return EncodingRules.BER.read(message, parsed -> of(parsed, data -> known));
    }

    private static SignedMessage of(ASN1Primitive message, Function<SignedData, ASN1Set> certificatesOf) {
        ContentInfo outer = ContentInfo.getInstance(message);
        require(outer.getContentType().equals(CMSObjectIdentifiers.signedData), "not SignedData");
        SignedData data = SignedData.getInstance(outer.getContent());
        require(data.getSignerInfos().size() == 1, "not one signer");
        SignerInfo signer = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
        ASN1Set signedAttributes = signer.getAuthenticatedAttributes();
        require(signedAttributes != null, "no signed attributes");
        ASN1Set certificates = certificatesOf.apply(data);
        require(certificates != null, "no certificates");
        TransactionAttributes attributes = TransactionAttributes.of(signedAttributes);
        return new SignedMessage(
                SignerCertificates.require(certificates, signer.getSID()),
                attributes.transactionId().orElseThrow(() -> new IllegalArgumentException("no transactionID")),
                attributes,
                signer.getDigestAlgorithm(),
                signer.getDigestEncryptionAlgorithm(),
                // RFC 5652 section 5.4: what is signed is DER, whatever the message spells.
                Der.of(signedAttributes),
                signer.getEncryptedDigest().getOctets(),
                data.getEncapContentInfo().getContentType(),
                octets(data.getEncapContentInfo().getContent()));
    }

    // Absent content is an empty envelope: there is a transaction that can be told so.
    private static byte[] octets(ASN1Encodable content) {
        return content == null
                ? new byte[0]
                : ASN1OctetString.getInstance(content).getOctets();
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
