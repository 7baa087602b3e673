package org.scepgate.approval;

import java.util.Arrays;
import org.scepgate.policy.RequestedAltNames;

/**
 * What a waiting request asks for.
 *
 * @param subject RFC 4514, as the certificate will have it, and the alternative names likewise
 * @param key in words, such as {@code RSA 2048}
 * @param csr what {@code Csr.decode} reads
 */
public record HeldContent(
        String subject,
        RequestedAltNames subjectAltNames,
        String key,
        byte[] csr,
        String spkiSha256,
        String requestSha256,
        HeldSigner signer) {

    public HeldContent {
        csr = csr.clone();
    }

    @Override
    public byte[] csr() {
        return csr.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeldContent that
                && subject.equals(that.subject)
                && subjectAltNames.equals(that.subjectAltNames)
                && key.equals(that.key)
                && Arrays.equals(csr, that.csr)
                && signer.equals(that.signer);
    }

    @Override
    public int hashCode() {
        return requestSha256.hashCode();
    }
}
