package org.scepgate.device;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.scepgate.scep.ReceivedBundle;
import org.scepgate.scep.UntrustedReplyException;

/** The certificates that GetCACert gave: a CA, maybe its issuers, maybe a registration authority (section 4.2). */
record Authority(List<X509CertificateHolder> certificates) {
    static final String CA_ALONE = "application/x-x509-ca-cert";
    static final String CA_AND_RA = "application/x-x509-ca-ra-cert";

    Authority {
        certificates = List.copyOf(certificates);
    }

    static Authority read(HttpAnswer answer) throws UntrustedReplyException {
        boolean alone =
                answer.contentType().filter(type -> type.startsWith(CA_ALONE)).isPresent();
        List<X509CertificateHolder> found = alone
                ? List.of(ReceivedBundle.readCertificate(answer.body()))
                : ReceivedBundle.read(answer.body()).certificates();
        return new Authority(found);
    }

    static boolean isCa(X509CertificateHolder certificate) {
        Extensions extensions = certificate.getExtensions();
        BasicConstraints constraints = extensions == null ? null : BasicConstraints.fromExtensions(extensions);
        return constraints != null && constraints.isCA();
    }

    /** Whether the certificate may be used so; one without keyUsage may be used for everything. */
    static boolean may(X509CertificateHolder certificate, int usage) {
        Extensions extensions = certificate.getExtensions();
        KeyUsage keyUsage = extensions == null ? null : KeyUsage.fromExtensions(extensions);
        return keyUsage == null || keyUsage.hasUsages(usage);
    }

    static boolean isSelfIssued(X509CertificateHolder certificate) {
        return certificate.getIssuer().equals(certificate.getSubject());
    }

    List<X509CertificateHolder> cas() {
        return certificates.stream().filter(Authority::isCa).toList();
    }

    List<X509CertificateHolder> registrationAuthorities() {
        return certificates.stream().filter(certificate -> !isCa(certificate)).toList();
    }

    /** Whom requests are encrypted to: an RA that may be, else the CA itself. */
    Optional<X509CertificateHolder> findRecipient() {
        return registrationAuthorities().stream()
                .filter(certificate -> may(certificate, KeyUsage.keyEncipherment))
                .findFirst()
                .or(this::findIssuer);
    }

    /** The CA that issues: the one whose name no other CA here bears as issuer, or the only one. */
    Optional<X509CertificateHolder> findIssuer() {
        return cas().stream()
                .filter(ca -> cas().stream()
                        .noneMatch(
                                other -> !other.equals(ca) && other.getIssuer().equals(ca.getSubject())))
                .findFirst();
    }

    /** From the certificate's issuer upwards, as far as the certificates go; empty if none of them issued it. */
    List<X509CertificateHolder> chainOf(X509CertificateHolder certificate) {
        List<X509CertificateHolder> chain = new ArrayList<>();
        X509CertificateHolder last = certificate;
        Optional<X509CertificateHolder> issuer = findIssuerOf(last);
        while (issuer.isPresent() && !chain.contains(issuer.get())) {
            last = issuer.get();
            chain.add(last);
            issuer = isSelfIssued(last) ? Optional.empty() : findIssuerOf(last);
        }
        return chain;
    }

    private Optional<X509CertificateHolder> findIssuerOf(X509CertificateHolder certificate) {
        return cas().stream().filter(ca -> hasIssued(ca, certificate)).findFirst();
    }

    static boolean hasIssued(X509CertificateHolder ca, X509CertificateHolder certificate) {
        if (!ca.getSubject().equals(certificate.getIssuer())) {
            return false;
        }
        try {
            JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
            converter
                    .getCertificate(certificate)
                    .verify(converter.getCertificate(ca).getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** What is left if only the certificate with this fingerprint is trusted: it and whatever it vouches for. */
    Authority trusting(String sha256) throws CommandException {
        X509CertificateHolder anchor = certificates.stream()
                .filter(certificate -> Fingerprint.sha256(certificate).equals(Fingerprint.normal(sha256)))
                .findFirst()
                .orElseThrow(() -> CommandException.fault("the CA is another one: no certificate of GetCACert has the"
                        + " fingerprint of --ca-fingerprint"));
        return new Authority(certificates.stream()
                .filter(certificate ->
                        certificate.equals(anchor) || chainOf(certificate).contains(anchor))
                .toList());
    }
}
