package org.scepgate.approval;

/**
 * By what a waiting request is found when its device asks for it (RFC 8894 section 3.3.3): clients choose a
 * transactionID that others have too, so the key that signed the request counts as well.
 *
 * @param signerSha256 over the signer's SubjectPublicKeyInfo, lower-case hex
 */
public record PollKey(String profile, String transactionId, String signerSha256) {}
