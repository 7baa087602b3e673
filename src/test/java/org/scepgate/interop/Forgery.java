package org.scepgate.interop;

import java.security.KeyPair;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate with the issuer, serial number and names of another, for a forger's key and signed by it. */
final class Forgery {
    private Forgery() {}

    static X509CertificateHolder of(X509CertificateHolder model, KeyPair forger) {
        try {
            return new X509v3CertificateBuilder(
                            model.getIssuer(),
                            model.getSerialNumber(),
                            model.getNotBefore(),
                            model.getNotAfter(),
                            model.getSubject(),
                            SubjectPublicKeyInfo.getInstance(forger.getPublic().getEncoded()))
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(forger.getPrivate()));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
