package org.scepgate.scep;

import java.security.SecureRandom;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/** Writes CertRep messages, in the form that every known client reads; safe for use by several threads. */
public final class CertRepEncoder {
    private final RecipientKey signer;
    private final SecureRandom random;

    public CertRepEncoder(RecipientKey signer, SecureRandom random) {
        this.signer = signer;
        this.random = random;
    }

    /** @param chain what follows the issued certificate in the answer; may be empty */
    public byte[] success(ReplyAddress to, X509CertificateHolder issued, List<X509CertificateHolder> chain) {
        throw new UnsupportedOperationException(signer + " " + random);
    }

    /** @param failInfoText for people, without secrets or anything the client sent; empty to leave it out */
    public byte[] failure(ReplyAddress to, FailInfo failInfo, String failInfoText) {
        throw new UnsupportedOperationException();
    }

    public byte[] pending(ReplyAddress to) {
        throw new UnsupportedOperationException();
    }
}
