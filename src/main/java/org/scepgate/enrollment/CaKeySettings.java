package org.scepgate.enrollment;

import java.util.Optional;
import org.scepgate.ca.KeySettings;
import org.scepgate.ca.Pkcs11Settings;
import org.scepgate.enrollment.KeyPairsConfig.TokenConfig;
import org.scepgate.platform.ConfigurationException;

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
                config.caKeyLabel(),
                token(),
                config.caCertificates(),
                config.caPassword(),
                config.caPasswordFile());
    }

    public KeySettings registrationAuthority() {
        return new KeySettings(
                prefix + "ra-",
                config.raKeystore(),
                config.raKey(),
                config.raKeyLabel(),
                token(),
                config.raCertificates(),
                config.raPassword(),
                config.raPasswordFile());
    }

    public KeySettings ocspResponder() {
        return new KeySettings(
                prefix + "ocsp-",
                config.ocspKeystore(),
                config.ocspKey(),
                config.ocspKeyLabel(),
                token(),
                config.ocspCertificates(),
                config.ocspPassword(),
                config.ocspPasswordFile());
    }

    private Optional<Pkcs11Settings> token() {
        return config.pkcs11().map(this::token);
    }

    private Pkcs11Settings token(TokenConfig token) {
        if (token.slot().isPresent() == token.tokenLabel().isPresent()) {
            throw new ConfigurationException(
                    prefix + "pkcs11.slot", "set either this or " + prefix + "pkcs11.token-label, and not both");
        }
        if (token.sessions() < 1) {
            throw new ConfigurationException(prefix + "pkcs11.sessions", "must be at least 1");
        }
        return new Pkcs11Settings(token.library(), token.slot(), token.tokenLabel(), token.pinFile(), token.sessions());
    }
}
