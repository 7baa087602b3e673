package org.scepgate.approval;

import java.nio.charset.StandardCharsets;
import org.scepgate.platform.Sha256;

/**
 * By what a waiting request is found when its device asks for it (RFC 8894 section 3.3.3): clients choose a
 * transactionID that others have too, so the key that signed the request counts as well.
 *
 * @param transactionSha256 over the transactionID in UTF-8: some client may make that of its challenge
 * @param signerSha256 over the signer's SubjectPublicKeyInfo, lower-case hex as the other
 */
public record PollKey(String profile, String transactionSha256, String signerSha256) {
    public static PollKey of(String profile, String transactionId, String signerSha256) {
        return new PollKey(profile, Sha256.hex(transactionId.getBytes(StandardCharsets.UTF_8)), signerSha256);
    }
}
