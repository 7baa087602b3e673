package org.scepgate.scep;

import java.security.GeneralSecurityException;
import org.bouncycastle.cert.X509CertificateHolder;

/** Who signs a pkiMessage: a key and the certificate that goes with it. */
interface MessageSigner {
    X509CertificateHolder certificate();

    byte[] sign(String algorithm, byte[] content) throws GeneralSecurityException;
}
