package org.scepgate.enrollment;

import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.ca.CaGenerations;
import org.scepgate.policy.Profile;
import org.scepgate.scep.PkiMessageDecoder;

/**
 * One profile as it is served; everything a request needs is made once, at start.
 *
 * @param responders the one in use first
 */
record ScepEndpoint(
        Profile profile, CaGenerations ca, List<Responder> responders, PkiMessageDecoder decoder, Published published) {

    /** Who answers what was encrypted to this certificate, or to nobody known. */
    Responder responderFor(Optional<X509CertificateHolder> addressee) {
        return addressee
                .flatMap(certificate -> responders.stream()
                        .filter(responder -> responder.isFor(certificate))
                        .findFirst())
                .orElse(responders.get(0));
    }
}
