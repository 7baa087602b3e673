package org.scepgate.policy;

/**
 * A request that was read and whose signatures held, as the policy sees it.
 *
 * @param signerHoldsRequestedKey the message was signed with the key that is to be certified
 * @param signerSelfSigned the signer's certificate proves no identity: it is self-signed, or issued by no CA of ours
 */
public record EnrollmentRequest(Profile profile, Csr csr, boolean signerHoldsRequestedKey, boolean signerSelfSigned) {}
