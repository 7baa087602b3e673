package org.scepgate.scep;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import org.bouncycastle.cert.X509CertificateHolder;

/** Who signs a pkiMessage: a key and the certificate that goes with it. */
interface MessageSigner {
    PrivateKey key();

    X509CertificateHolder certificate();

    Signature signature(String algorithm) throws GeneralSecurityException;
}
