package org.scepgate.policy;

import java.util.Optional;

/**
 * A request that was read and whose signatures held, as the policy sees it.
 *
 * @param signerHoldsRequestedKey the message was signed with the key that is to be certified
 * @param certifiedSigner the certificate of ours that the message was signed with; empty where the signer's certificate
 *     proves no identity: it is self-signed, issued by no CA of ours, revoked or out of date
 */
public record EnrollmentRequest(
        Profile profile, Csr csr, boolean signerHoldsRequestedKey, Optional<CertificateContents> certifiedSigner) {}
