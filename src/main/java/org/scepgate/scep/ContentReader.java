package org.scepgate.scep;

import java.security.PublicKey;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.scepgate.scep.ContentDecryption.Opened;

/**
 * Reads the messageData that came out of the envelope (RFC 8894 section 3.3). Whatever is wrong with it, the device
 * reads one answer, after the same work: otherwise it could try ciphertexts of others and learn what is in them.
 */
final class ContentReader {
    private final AllowedAlgorithms allowed;
    private final PublicKeyOperations operations;
    private final DecoySignature decoy = DecoySignature.instance();

    ContentReader(AllowedAlgorithms allowed, PublicKeyOperations operations) {
        this.allowed = allowed;
        this.operations = operations;
    }

    MessageContent read(MessageType type, Opened opened, VerifiedSigner signer) throws RejectedException {
        return switch (type) {
            case PKCS_REQ, RENEWAL_REQ -> certificationRequest(opened, signer);
            case GET_CERT, GET_CRL -> certificateId(opened);
            case CERT_POLL, CERT_REP -> throw new IllegalArgumentException(type + " is not read");
        };
    }

    private CertificationRequest certificationRequest(Opened opened, VerifiedSigner signer) throws RejectedException {
        CsrStructure structure = firstCsr(opened);
        Optional<Rejection> problem = findProblem(structure, signer);
        // Only now, and all at once: the work before must be the same whether or not the padding was right.
        boolean whole = opened.wellPadded() & structure.length() == opened.length();
        if (!whole) {
            throw new RejectedException(Rejection.UNREADABLE);
        }
        if (problem.isPresent()) {
            throw new RejectedException(problem.get());
        }
        // Tells nothing about ciphertexts of others: what gets here has an intact CSR that holds no secret.
        if (!signer.canDecrypt() && structure.challengePassword().isEmpty()) {
            throw new RejectedException(Rejection.ANSWER_NOT_ENCRYPTABLE);
        }
        return new CertificationRequest(structure.csr(), structure.encoded(), structure.challengePassword());
    }

    private CsrStructure firstCsr(Opened opened) throws RejectedException {
        try {
            return CsrStructure.readFirst(opened.plain());
        } catch (UnreadableException e) {
            decoy.spendVerification(operations, opened.plain());
            throw new RejectedException(Rejection.UNREADABLE);
        }
    }

    /** What is wrong with a CSR, after one verification: of its own signature, or else of the decoy. */
    private Optional<Rejection> findProblem(CsrStructure structure, VerifiedSigner signer) {
        boolean own = signer.holds(structure.publicKey());
        byte[] signed = structure.signed();
        Optional<PublicKey> key = PublicKeys.find(structure.publicKey());
        Optional<SignatureScheme> scheme = SignatureScheme.find(structure.csr().getSignatureAlgorithm())
                .filter(found -> allowed.allow(found.digest()));
        if (key.isEmpty() || scheme.isEmpty()) {
            decoy.spendVerification(operations, signed);
            Rejection algorithm = own ? Rejection.CSR_ALGORITHM : Rejection.UNREADABLE_CSR_ALGORITHM;
            return Optional.of(key.isEmpty() ? Rejection.UNREADABLE_CSR_KEY : algorithm);
        }
        return scheme.get()
                        .verify(operations, key.get(), signed, structure.csr().getSignature())
                ? Optional.empty()
                : Optional.of(own ? Rejection.CSR_SIGNATURE : Rejection.UNREADABLE_CSR_SIGNATURE);
    }

    // No decoy: nobody verifies a signature where the content can be read.
    private static MessageContent certificateId(Opened opened) throws RejectedException {
        try {
            MessageContent id = EncodingRules.BER.read(opened.content(), ContentReader::certificateId);
            if (opened.wellPadded()) {
                return id;
            }
        } catch (UnreadableException e) {
            // The same answer as for wrong padding.
        }
        throw new RejectedException(Rejection.UNREADABLE_CERTIFICATE_ID);
    }

    private static MessageContent certificateId(ASN1Primitive content) {
        ASN1Sequence sequence = ASN1Sequence.getInstance(content);
        if (sequence.size() != 2) {
            throw new IllegalArgumentException("not two elements");
        }
        IssuerAndSerialNumber id = IssuerAndSerialNumber.getInstance(sequence);
        return new CertificateId(id.getName(), id.getSerialNumber().getValue());
    }
}
