package org.scepgate.scep;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;

/** A believable answer, as a device reads it (RFC 8894 section 3.3.2). */
public sealed interface CertRep {
    <T> T fold(Function<Success, T> success, Function<Pending, T> pending, Function<Failure, T> failure);

    /** What was asked for: certificates, or a CRL after GetCRL. */
    record Success(List<X509CertificateHolder> certificates, List<X509CRLHolder> crls) implements CertRep {
        public Success {
            certificates = List.copyOf(certificates);
            crls = List.copyOf(crls);
        }

        /** The certificate of this key, wherever it stands. */
        public Optional<X509CertificateHolder> findCertificateOf(SubjectPublicKeyInfo key) {
            return certificates.stream()
                    .filter(certificate -> PublicKeys.isSame(certificate.getSubjectPublicKeyInfo(), key))
                    .findFirst();
        }

        @Override
        public <T> T fold(Function<Success, T> success, Function<Pending, T> pending, Function<Failure, T> failure) {
            return success.apply(this);
        }
    }

    /** Ask again later. */
    record Pending() implements CertRep {
        @Override
        public <T> T fold(Function<Success, T> success, Function<Pending, T> pending, Function<Failure, T> failure) {
            return pending.apply(this);
        }
    }

    /** @param text for people, in the server's words */
    record Failure(FailInfo failInfo, Optional<String> text) implements CertRep {
        @Override
        public <T> T fold(Function<Success, T> success, Function<Pending, T> pending, Function<Failure, T> failure) {
            return failure.apply(this);
        }
    }
}
