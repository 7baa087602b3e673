package org.scepgate.approval;

import java.util.Arrays;
import java.util.Optional;
import org.scepgate.policy.RequestedAltNames;

/**
 * What a waiting request asks for.
 *
 * @param caKeySha256 the key of the CA that it was sent to; empty for requests from before that was kept
 * @param subject RFC 4514, as the certificate will have it, and the alternative names likewise
 * @param key in words, such as {@code RSA 2048}
 * @param csr what {@code Csr.decode} reads
 */
public record HeldContent(
        Optional<String> caKeySha256,
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
                && caKeySha256.equals(that.caKeySha256)
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
