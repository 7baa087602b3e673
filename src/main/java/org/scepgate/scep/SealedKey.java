package org.scepgate.scep;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/** One KeyTransRecipientInfo: the content key, encrypted to the certificate that it names (RFC 5652 section 6.2.1). */
record SealedKey(
        Optional<IssuerAndSerialNumber> issuerAndSerialNumber,
        Optional<byte[]> subjectKeyId,
        Optional<KeyTransport> transport,
        byte[] encryptedKey) {
    static SealedKey of(KeyTransRecipientInfo info) {
        RecipientIdentifier identifier = info.getRecipientIdentifier();
        boolean byKeyId = identifier.isTagged();
        return new SealedKey(
                byKeyId ? Optional.empty() : Optional.of(IssuerAndSerialNumber.getInstance(identifier.getId())),
                byKeyId
                        ? Optional.of(
                                ASN1OctetString.getInstance(identifier.getId()).getOctets())
                        : Optional.empty(),
                KeyTransport.find(info.getKeyEncryptionAlgorithm()),
                info.getEncryptedKey().getOctets());
    }

    boolean isFor(X509CertificateHolder certificate) {
        boolean bySerial = issuerAndSerialNumber
                .filter(id -> id.getSerialNumber().hasValue(certificate.getSerialNumber()))
                // Ours first: a name of few parts bounds what the comparison costs.
                .filter(id -> certificate.getIssuer().equals(id.getName()))
                .isPresent();
        return bySerial
                || subjectKeyId
                        .filter(id -> SubjectKeyIds.matches(certificate, id))
                        .isPresent();
    }
}
