package org.scepgate.enrollment;

import org.scepgate.ca.KeySettings;

/**
 * The three key pairs of one generation of a CA, each with its source.
 *
 * @param prefix the start of their configuration keys, such as {@code scepgate.cas.main.}
 */
public record CaKeySettings(String prefix, KeyPairsConfig config) {

    public KeySettings authority() {
        return new KeySettings(
                prefix + "ca-",
                config.caKeystore(),
                config.caKey(),
                config.caCertificates(),
                config.caPassword(),
                config.caPasswordFile());
    }

    KeySettings registrationAuthority() {
        return new KeySettings(
                prefix + "ra-",
                config.raKeystore(),
                config.raKey(),
                config.raCertificates(),
                config.raPassword(),
                config.raPasswordFile());
    }

    KeySettings ocspResponder() {
        return new KeySettings(
                prefix + "ocsp-",
                config.ocspKeystore(),
                config.ocspKey(),
                config.ocspCertificates(),
                config.ocspPassword(),
                config.ocspPasswordFile());
    }
}
