package org.scepgate.ca;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.ContentVerifier;
import org.bouncycastle.operator.ContentVerifierProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.scepgate.policy.RequestedKey;

/** What the key pairs of a CA, its RA and its OCSP responder must be able to do; asked once, at start. */
public final class KeyCheck {
    private static final int PROBE_BYTES = 32;
    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 4096;
    private static final Set<String> CURVES = Set.of("P-256", "P-384");

    private KeyCheck() {}

    /** Why this pair cannot sign certificates, or nothing. */
    public static Optional<String> problemOfAuthority(KeyEntry entry, Instant now) {
        BasicConstraints constraints =
                BasicConstraints.fromExtensions(entry.certificate().getExtensions());
        if (constraints == null || !constraints.isCA()) {
            return Optional.of("its certificate is no CA certificate (basicConstraints)");
        }
        if (!allows(entry.certificate(), KeyUsage.keyCertSign)) {
            return Optional.of("its certificate lacks the key usage keyCertSign");
        }
        return problemOfKind(entry).or(() -> problemOfPair(entry, now));
    }

    private static Optional<String> problemOfKind(KeyEntry entry) {
        RequestedKey kind = RequestedKey.of(entry.publicKey());
        boolean usable = kind.fold(
                rsa -> rsa.bits() >= LEAST_RSA_BITS && rsa.bits() <= MOST_RSA_BITS,
                ec -> CURVES.contains(ec.curve()),
                other -> false);
        return usable
                ? Optional.empty()
                : Optional.of("its key is " + kind + ", but must be RSA of 2048 to 4096 bits, P-256 or P-384");
    }

    /** Why an authority's pair cannot talk SCEP itself, or nothing (RFC 8894 section 2.1.2). */
    public static Optional<String> problemOfSpeakingAuthority(KeyEntry entry) {
        if (!entry.isRsa()) {
            return Optional.of("without an RA, the CA's key must be RSA, for devices encrypt their requests to it");
        }
        // Not merely unrestricted: Apple looks for the two usages by name.
        KeyUsage usages = KeyUsage.fromExtensions(entry.certificate().getExtensions());
        boolean speaks = usages != null && usages.hasUsages(KeyUsage.digitalSignature | KeyUsage.keyEncipherment);
        return speaks
                ? Optional.empty()
                : Optional.of("without an RA, the CA's certificate must have the key usages digitalSignature and"
                        + " keyEncipherment");
    }

    /** Why an authority's pair cannot sign CRLs, or nothing (RFC 5280 section 4.2.1.3). */
    public static Optional<String> problemOfCrlSigner(KeyEntry entry) {
        return allows(entry.certificate(), KeyUsage.cRLSign)
                ? Optional.empty()
                : Optional.of("its certificate lacks the key usage cRLSign");
    }

    /** Why this pair cannot talk SCEP for the authority, or nothing (clients.md 10: Apple and Windows want both usages). */
    public static Optional<String> problemOfRegistrationAuthority(KeyEntry entry, KeyEntry authority, Instant now) {
        if (!entry.isRsa()) {
            return Optional.of("its key must be RSA, for devices encrypt their requests to it");
        }
        if (!allows(entry.certificate(), KeyUsage.digitalSignature)
                || !allows(entry.certificate(), KeyUsage.keyEncipherment)) {
            return Optional.of("its certificate must have the key usages digitalSignature and keyEncipherment");
        }
        return problemOfIssuer(entry, authority).or(() -> problemOfPair(entry, now));
    }

    /** Why this pair cannot answer OCSP for the authority, or nothing (RFC 6960 section 4.2.2.2). */
    public static Optional<String> problemOfOcspResponder(KeyEntry entry, KeyEntry authority, Instant now) {
        ExtendedKeyUsage purposes =
                ExtendedKeyUsage.fromExtensions(entry.certificate().getExtensions());
        if (purposes == null || !purposes.hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning)) {
            return Optional.of("its certificate lacks the extended key usage OCSPSigning");
        }
        if (!allows(entry.certificate(), KeyUsage.digitalSignature)) {
            return Optional.of("its certificate lacks the key usage digitalSignature");
        }
        return problemOfIssuer(entry, authority).or(() -> problemOfPair(entry, now));
    }

    private static Optional<String> problemOfIssuer(KeyEntry entry, KeyEntry authority) {
        return isIssuedBy(entry.certificate(), authority.certificate())
                ? Optional.empty()
                : Optional.of("its certificate is not issued by "
                        + authority.certificate().getSubject());
    }

    private static Optional<String> problemOfPair(KeyEntry entry, Instant now) {
        if (!entry.certificate().isValidOn(Date.from(now))) {
            return Optional.of("its certificate is not in date (valid from "
                    + entry.certificate().getNotBefore().toInstant() + " to "
                    + entry.certificate().getNotAfter().toInstant() + ")");
        }
        return matches(entry) ? Optional.empty() : Optional.of("its private key does not match its certificate");
    }

    private static boolean allows(X509CertificateHolder certificate, int usage) {
        KeyUsage usages = KeyUsage.fromExtensions(certificate.getExtensions());
        // RFC 5280 section 4.2.1.3: without the extension, every usage is allowed.
        return usages == null || usages.hasUsages(usage);
    }

    private static boolean isIssuedBy(X509CertificateHolder certificate, X509CertificateHolder issuer) {
        return certificate.getIssuer().equals(issuer.getSubject()) && isSignedBy(certificate, issuer);
    }

    static boolean isSignedBy(X509CertificateHolder certificate, X509CertificateHolder issuer) {
        try {
            return certificate.isSignatureValid(verifiers(issuer));
        } catch (CertException | OperatorCreationException | CertificateException | RuntimeOperatorException e) {
            return false;
        }
    }

    private static boolean matches(KeyEntry entry) {
        byte[] probe = new byte[PROBE_BYTES];
        new SecureRandom().nextBytes(probe);
        try {
            ContentSigner signer = entry.signer();
            signer.getOutputStream().write(probe);
            byte[] signature = signer.getSignature();
            ContentVerifier verifier = verifiers(entry.certificate()).get(signer.getAlgorithmIdentifier());
            verifier.getOutputStream().write(probe);
            return verifier.verify(signature);
        } catch (OperatorCreationException
                | CertificateException
                | IOException
                | RuntimeOperatorException
                | IllegalStateException e) {
            return false;
        }
    }

    private static ContentVerifierProvider verifiers(X509CertificateHolder certificate)
            throws OperatorCreationException, CertificateException {
        return new JcaContentVerifierProviderBuilder().build(certificate);
    }
}
