package org.scepgate.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** What the CA may sign; only {@link EnrollmentPolicy} makes one. */
public final class CertificateTemplate {

    /** Devices whose clocks are behind would otherwise hold a certificate from the future. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final X500Name subject;
    private final Optional<GeneralNames> subjectAltNames;
    private final SubjectPublicKeyInfo publicKey;
    private final Set<KeyUsage> keyUsage;
    private final List<ExtendedKeyUsage> extendedKeyUsage;
    private final Instant notBefore;
    private final Instant notAfter;
    private final Optional<Duration> longestValidity;
    private final Optional<SecurityIdentifier> securityIdentifier;

    /** What a challenge or a person granted. */
    CertificateTemplate(EnrollmentRequest request, Binding binding, Instant now) {
        this(
                request,
                binding,
                Optional.of(binding.validity())
                        .filter(granted -> !granted.equals(request.profile().validity())),
                now);
    }

    /**
     * Names are the binding's, so that a look-alike which passed for them never gets in; only the key is the request's,
     * and the order of RDNs, which the device expects back (docs/adr/0002-order-of-rdns.md).
     *
     * @param longestValidity what renewals of this certificate may get at most
     */
    CertificateTemplate(EnrollmentRequest request, Binding binding, Optional<Duration> longestValidity, Instant now) {
        if (binding.match() == Match.PATTERN) {
            throw new IllegalStateException("names were left to the request and never taken from it");
        }
        Csr csr = request.csr();
        Duration longest = request.profile().validity();
        Duration validity = binding.validity().compareTo(longest) < 0 ? binding.validity() : longest;
        Instant issued = now.truncatedTo(ChronoUnit.SECONDS);
        this.subject = binding.subject().inDirectionOf(csr.subject()).toX500Name();
        this.subjectAltNames = binding.subjectAltNames().toGeneralNames();
        this.publicKey = csr.publicKey();
        this.keyUsage = KeyUsage.with(csr.key(), binding.keyUsage());
        this.extendedKeyUsage = binding.extendedKeyUsage();
        this.notBefore = issued.minus(CLOCK_SKEW);
        this.notAfter = issued.plus(validity).truncatedTo(ChronoUnit.SECONDS);
        this.longestValidity = longestValidity;
        this.securityIdentifier = binding.securityIdentifier();
    }

    public X500Name subject() {
        return subject;
    }

    public Optional<GeneralNames> subjectAltNames() {
        return subjectAltNames;
    }

    /** RFC 5280 section 4.2.1.6: critical when the subject is empty. */
    public boolean subjectAltNamesCritical() {
        return subject.getRDNs().length == 0;
    }

    /** Of the account that the certificate may be mapped to. */
    public Optional<SecurityIdentifier> securityIdentifier() {
        return securityIdentifier;
    }

    public SubjectPublicKeyInfo publicKey() {
        return publicKey;
    }

    /** Never empty. */
    public Set<KeyUsage> keyUsage() {
        return keyUsage;
    }

    /** Empty: no such extension. */
    public List<ExtendedKeyUsage> extendedKeyUsage() {
        return extendedKeyUsage;
    }

    /**
     * What was granted, where that is other than the profile's validity: renewals must not get more. It is kept where the
     * profile gives less today, because tomorrow it may give more again.
     */
    public Optional<Duration> longestValidity() {
        return longestValidity;
    }

    public Instant notBefore() {
        return notBefore;
    }

    public Instant notAfter() {
        return notAfter;
    }
}
