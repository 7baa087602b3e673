package org.scepgate.approval;

import java.util.Optional;

/**
 * Who signed the message that a waiting request came in.
 *
 * @param holdsKey the message was signed with the key that is to be certified
 * @param serial of the certificate of ours that it was signed with, in lower-case hex
 */
public record HeldSigner(boolean holdsKey, Optional<String> serial) {}
