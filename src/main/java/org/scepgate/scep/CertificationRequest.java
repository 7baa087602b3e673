package org.scepgate.scep;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/**
 * What PKCSReq and RenewalReq carry: a CSR whose own signature held, and the challenge it names (section 3.3.1).
 *
 * @param encoded the CSR byte for byte as it came: written anew it may not be what was signed
 */
public record CertificationRequest(PKCS10CertificationRequest csr, byte[] encoded, Optional<String> challengePassword)
        implements MessageContent {

    public CertificationRequest {
        encoded = encoded.clone();
    }

    @Override
    public byte[] encoded() {
        return encoded.clone();
    }

    @Override
    public <T> T fold(
            Function<CertificationRequest, T> certificationRequest,
            Function<CertPoll, T> certPoll,
            Function<CertificateId, T> certificateId) {
        return certificationRequest.apply(this);
    }

    // What a record makes of an array is whether it is the same one.
    @Override
    public boolean equals(Object other) {
        return other instanceof CertificationRequest request
                && Arrays.equals(encoded, request.encoded)
                && challengePassword.equals(request.challengePassword);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    // The challenge is a secret and stands in the CSR too.
    @Override
    public String toString() {
        return "CertificationRequest[" + csr.getSubject() + "]";
    }
}
