package org.scepgate.challenge;

import java.time.Instant;
import java.util.UUID;
import org.scepgate.policy.Binding;

/**
 * A challenge of an authority outside that a certificate was signed for.
 *
 * @param secret the challenge itself, of which only a MAC is stored
 * @param binding what was granted; the certificate may hold less, where an endpoint narrowed it
 * @param serial of the certificate, in lower-case hex
 */
public record VouchedChallenge(
        UUID id, String authority, String secret, Binding binding, String serial, Instant spentAt) {

    /** Leaves the challenge out. */
    @Override
    public String toString() {
        return "VouchedChallenge[" + id + "]";
    }
}
