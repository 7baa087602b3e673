package org.scepgate.scep;

import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;

/** Carries a {@link Rejection} up to the decoder, which makes a {@link RejectedMessage} of it. */
final class RejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Rejection rejection;
    private final transient Optional<X509CertificateHolder> addressee;

    // Without a stack trace: it is an answer, no fault, and must not cost more than another answer.
    RejectedException(Rejection rejection) {
        this(rejection, Optional.empty());
    }

    private RejectedException(Rejection rejection, Optional<X509CertificateHolder> addressee) {
        super(rejection.reason(), null, false, false);
        this.rejection = rejection;
        this.addressee = addressee;
    }

    RejectedException addressedTo(X509CertificateHolder certificate) {
        return new RejectedException(rejection, Optional.of(certificate));
    }

    Optional<X509CertificateHolder> addressee() {
        return addressee;
    }

    Rejection rejection() {
        return rejection;
    }
}
