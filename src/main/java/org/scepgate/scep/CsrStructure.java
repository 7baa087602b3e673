package org.scepgate.scep;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/**
 * A PKCS#10 CSR (RFC 2986) in strict DER, whose signature nobody has checked yet.
 *
 * @param encoded the whole CSR, byte for byte as it came
 * @param signed the CertificationRequestInfo, byte for byte as it came
 */
record CsrStructure(PKCS10CertificationRequest csr, byte[] encoded, byte[] signed, Optional<String> challengePassword) {
    /** Reads the CSR that the bytes begin with, whatever follows it. */
    static CsrStructure readFirst(byte[] plain) throws UnreadableException {
        byte[] encoded = TlvWalk.first(plain, EncodingRules.DER);
        byte[] signed = TlvWalk.firstInside(encoded);
        return EncodingRules.DER.read(encoded, request -> of(request, encoded, signed));
    }

    int length() {
        return encoded.length;
    }

    SubjectPublicKeyInfo publicKey() {
        return csr.getSubjectPublicKeyInfo();
    }

    private static CsrStructure of(ASN1Primitive request, byte[] encoded, byte[] signed) {
        CertificationRequest structure = CertificationRequest.getInstance(request);
        // Whole bytes: of any others Bouncy Castle would complain only where they are asked for.
        structure.getSignature().getOctets();
        ASN1Set attributes = structure.getCertificationRequestInfo().getAttributes();
        return new CsrStructure(new PKCS10CertificationRequest(structure), encoded, signed, findChallenge(attributes));
    }

    // RFC 2985 section 5.4.1: single-valued. Reads every attribute, so that no broken one is left for others to find.
    private static Optional<String> findChallenge(ASN1Set attributes) {
        Optional<String> found = Optional.empty();
        if (attributes == null) {
            return found;
        }
        for (ASN1Encodable element : attributes) {
            Attribute attribute = Attribute.getInstance(element);
            if (attribute.getAttrType().equals(PKCSObjectIdentifiers.pkcs_9_at_challengePassword)) {
                if (found.isPresent() || attribute.getAttrValues().size() != 1) {
                    throw new IllegalArgumentException("not one challengePassword");
                }
                found = Optional.of(DirectoryText.of(attribute.getAttrValues().getObjectAt(0)));
            }
        }
        // Some clients always send the attribute, and leave it empty when they know no challenge.
        return found.filter(challenge -> !challenge.isEmpty());
    }
}
