package org.scepgate.enrollment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.ca.CaGenerations;
import org.scepgate.platform.UnavailableException;
import org.scepgate.policy.Profile;
import org.scepgate.scep.PkiMessageDecoder;

/**
 * One profile as it is served; everything a request needs is made once, at start.
 *
 * @param responders the one in use first
 */
record ScepEndpoint(
        Profile profile, CaGenerations ca, List<Responder> responders, PkiMessageDecoder decoder, Published published) {
    private static final int RETRY_AFTER_SECONDS = 60;

    /**
     * Refuses to go on with certificates that no device would accept. Those of the next and the previous generation may
     * be out of date: devices choose them.
     *
     * @throws UnavailableException if it is the responder in use, and its certificate or its CA's is not in date
     */
    void requireInDate(Responder responder, Instant now) {
        Responder current = responders.get(0);
        if (responder.isFor(current.speaker().certificate()) && !current.isInDate(now)) {
            throw new UnavailableException(
                    "a certificate of CA " + ca.current().name() + " or of its RA is not in date", RETRY_AFTER_SECONDS);
        }
    }

    /** Who issues from the CA with this key; the one in use if that CA is gone. */
    Responder responderOf(Optional<String> caKeySha256) {
        return responders.stream()
                .filter(responder -> caKeySha256
                        .filter(responder.ca().id().keySha256()::equals)
                        .isPresent())
                .findFirst()
                .orElse(responders.get(0));
    }

    /** Who answers what was encrypted to this certificate, or to nobody known. */
    Responder responderFor(Optional<X509CertificateHolder> addressee) {
        return addressee
                .flatMap(certificate -> responders.stream()
                        .filter(responder -> responder.isFor(certificate))
                        .findFirst())
                .orElse(responders.get(0));
    }
}
