package org.scepgate.enrollment;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The key pairs of a CA, of its RA and of its OCSP responder; each is kept in a PKCS#12 file ({@code keystore}) in PEM
 * files ({@code key}, {@code certificates}) or in a PKCS#11 token ({@code key-label}).
 */
public interface KeyPairsConfig {
    Optional<Path> caKeystore();

    Optional<Path> caKey();

    Optional<String> caKeyLabel();

    /** The CA's certificate and those above it. */
    Optional<Path> caCertificates();

    Optional<String> caPassword();

    Optional<Path> caPasswordFile();

    /** The RA may be left out where every profile of the CA has the layout {@code ca}. */
    Optional<Path> raKeystore();

    Optional<Path> raKey();

    Optional<String> raKeyLabel();

    Optional<Path> raCertificates();

    Optional<String> raPassword();

    Optional<Path> raPasswordFile();

    /** Without a responder of its own, the CA has no OCSP. */
    Optional<Path> ocspKeystore();

    Optional<Path> ocspKey();

    Optional<String> ocspKeyLabel();

    Optional<Path> ocspCertificates();

    Optional<String> ocspPassword();

    Optional<Path> ocspPasswordFile();

    /** The token of those keys that have a label. */
    Optional<TokenConfig> pkcs11();

    /** A PKCS#11 token, by its slot or by its label. */
    interface TokenConfig {
        Path library();

        Optional<Long> slot();

        Optional<String> tokenLabel();

        Path pinFile();

        /** How many operations may run in the token at once. */
        @WithDefault("8")
        int sessions();
    }
}
