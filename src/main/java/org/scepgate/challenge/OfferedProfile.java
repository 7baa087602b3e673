package org.scepgate.challenge;

import java.net.URI;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.policy.Profile;

/**
 * A profile and where a device enrols for it.
 *
 * @param caFingerprintSha256 SHA-256 of the CA certificate, in lower-case hex
 * @param authorities the CA certificate and those above it, nearest first
 */
public record OfferedProfile(
        Profile profile, String caFingerprintSha256, URI scepUrl, List<X509CertificateHolder> authorities) {

    public OfferedProfile {
        authorities = List.copyOf(authorities);
    }
}
