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

/** What the CA may sign; only the policy makes one. */
public final class CertificateTemplate {

    /** Devices whose clocks are behind would otherwise hold a certificate from the future. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final X500Name subject;
    private final DistinguishedName boundSubject;
    private final SubjectAltNames names;
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
        this.boundSubject = binding.subject();
        this.names = binding.subjectAltNames();
        this.publicKey = csr.publicKey();
        this.keyUsage = KeyUsage.with(csr.key(), binding.keyUsage());
        this.extendedKeyUsage = binding.extendedKeyUsage();
        this.notBefore = issued.minus(CLOCK_SKEW);
        this.notAfter = issued.plus(validity).truncatedTo(ChronoUnit.SECONDS);
        this.longestValidity = longestValidity;
        this.securityIdentifier = binding.securityIdentifier();
    }

    /** With less; what renewals may get at most stays what was granted, for each of them is judged anew. */
    CertificateTemplate(CertificateTemplate granted, Remainder left) {
        this.subject = granted.subject;
        this.boundSubject = granted.boundSubject;
        this.names = left.names();
        this.publicKey = granted.publicKey;
        this.keyUsage = KeyUsage.setOf(left.keyUsage());
        this.extendedKeyUsage = List.copyOf(left.extendedKeyUsage());
        this.notBefore = granted.notBefore;
        this.notAfter = granted.issued().plus(left.validity()).truncatedTo(ChronoUnit.SECONDS);
        this.longestValidity = granted.longestValidity;
        this.securityIdentifier = granted.securityIdentifier;
    }

    /** What somebody else than the policy leaves of a template; no part of it is more than the template's. */
    record Remainder(
            SubjectAltNames names,
            Set<KeyUsage> keyUsage,
            List<ExtendedKeyUsage> extendedKeyUsage,
            Duration validity) {}

    public X500Name subject() {
        return subject;
    }

    /** The subject as it was bound, whatever order the device has it in. */
    public DistinguishedName boundSubject() {
        return boundSubject;
    }

    public Optional<GeneralNames> subjectAltNames() {
        return names.toGeneralNames();
    }

    /** The alternative names as the API writes them. */
    public SubjectAltNames names() {
        return names;
    }

    /** How long the certificate lives from when it was decided on. */
    public Duration validity() {
        return Duration.between(issued(), notAfter);
    }

    private Instant issued() {
        return notBefore.plus(CLOCK_SKEW);
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
