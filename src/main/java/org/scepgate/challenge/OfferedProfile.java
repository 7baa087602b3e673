package org.scepgate.challenge;

import java.net.URI;
import org.scepgate.policy.Profile;

/**
 * A profile and where a device enrols for it.
 *
 * @param caFingerprintSha256 SHA-256 of the CA certificate, in lower-case hex
 */
public record OfferedProfile(Profile profile, String caFingerprintSha256, URI scepUrl) {}
