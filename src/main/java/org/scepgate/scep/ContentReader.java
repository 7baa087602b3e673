package org.scepgate.scep;

import java.security.PublicKey;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.x500.X500Name;
import org.scepgate.scep.ContentDecryption.Opened;

/**
 * Reads the messageData that came out of the envelope (RFC 8894 section 3.3). Whatever is wrong with it, the device
 * reads one answer, after the same work: otherwise it could try ciphertexts of others and learn what is in them.
 */
final class ContentReader {
    private final AllowedAlgorithms allowed;

    ContentReader(AllowedAlgorithms allowed) {
        this.allowed = allowed;
    }

    MessageContent read(MessageType type, Opened opened, VerifiedSigner signer) throws RejectedException {
        try {
            MessageContent content = parse(type, opened.content(), signer);
            if (opened.wellPadded()) {
                return content;
            }
        } catch (UnreadableException e) {
            signer.spendVerification(opened.content());
        }
        throw new RejectedException(Rejection.UNREADABLE);
    }

    private MessageContent parse(MessageType type, byte[] content, VerifiedSigner signer)
            throws UnreadableException, RejectedException {
        return switch (type) {
            case PKCS_REQ, RENEWAL_REQ -> certificationRequest(CsrStructure.read(content), signer);
            case CERT_POLL -> EncodingRules.BER.read(content, ContentReader::issuerAndSubject);
            case GET_CERT, GET_CRL -> EncodingRules.BER.read(content, ContentReader::certificateId);
            case CERT_REP -> throw new IllegalArgumentException("A CertRep is no request");
        };
    }

    private CertificationRequest certificationRequest(CsrStructure structure, VerifiedSigner signer)
            throws RejectedException {
        boolean own = signer.holds(structure.publicKey());
        byte[] signed = structure.signed();
        Optional<PublicKey> key = PublicKeys.find(structure.publicKey());
        if (key.isEmpty()) {
            throw refused(Rejection.UNREADABLE_CSR_KEY, signed, signer);
        }
        Optional<SignatureScheme> scheme = SignatureScheme.find(structure.csr().getSignatureAlgorithm())
                .filter(found -> allowed.allow(found.digest()));
        if (scheme.isEmpty()) {
            throw refused(own ? Rejection.CSR_ALGORITHM : Rejection.UNREADABLE_CSR_ALGORITHM, signed, signer);
        }
        if (!scheme.get().verify(key.get(), signed, structure.csr().getSignature())) {
            throw new RejectedException(own ? Rejection.CSR_SIGNATURE : Rejection.UNREADABLE_CSR_SIGNATURE);
        }
        // Tells nothing about ciphertexts of others: what gets here has an intact CSR that holds no secret.
        if (!signer.canDecrypt() && structure.challengePassword().isEmpty()) {
            throw new RejectedException(Rejection.ANSWER_NOT_ENCRYPTABLE);
        }
        return new CertificationRequest(structure.csr(), structure.challengePassword());
    }

    private static RejectedException refused(Rejection rejection, byte[] signed, VerifiedSigner signer) {
        signer.spendVerification(signed);
        return new RejectedException(rejection);
    }

    private static MessageContent issuerAndSubject(ASN1Primitive content) {
        ASN1Sequence sequence = ASN1Sequence.getInstance(content);
        requireTwo(sequence);
        return new IssuerAndSubject(
                X500Name.getInstance(sequence.getObjectAt(0)), X500Name.getInstance(sequence.getObjectAt(1)));
    }

    private static MessageContent certificateId(ASN1Primitive content) {
        ASN1Sequence sequence = ASN1Sequence.getInstance(content);
        requireTwo(sequence);
        IssuerAndSerialNumber id = IssuerAndSerialNumber.getInstance(sequence);
        return new CertificateId(id.getName(), id.getSerialNumber().getValue());
    }

    private static void requireTwo(ASN1Sequence sequence) {
        if (sequence.size() != 2) {
            throw new IllegalArgumentException("not two elements");
        }
    }
}
