package org.scepgate.enrollment;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The key pairs of a CA, of its RA and of its OCSP responder; each is kept in a PKCS#12 file ({@code keystore}) or in PEM
 * files ({@code key}, {@code certificates}).
 */
public interface KeyPairsConfig {
    Optional<Path> caKeystore();

    Optional<Path> caKey();

    /** The CA's certificate and those above it. */
    Optional<Path> caCertificates();

    Optional<String> caPassword();

    Optional<Path> caPasswordFile();

    /** The RA may be left out where every profile of the CA has the layout {@code ca}. */
    Optional<Path> raKeystore();

    Optional<Path> raKey();

    Optional<Path> raCertificates();

    Optional<String> raPassword();

    Optional<Path> raPasswordFile();

    /** Without a responder of its own, the CA has no OCSP. */
    Optional<Path> ocspKeystore();

    Optional<Path> ocspKey();

    Optional<Path> ocspCertificates();

    Optional<String> ocspPassword();

    Optional<Path> ocspPasswordFile();
}
