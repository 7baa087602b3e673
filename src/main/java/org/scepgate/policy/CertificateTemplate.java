package org.scepgate.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** What the CA may sign; only {@link EnrollmentPolicy} makes one. */
public final class CertificateTemplate {

    private final X500Name subject;
    private final Optional<GeneralNames> subjectAltNames;
    private final SubjectPublicKeyInfo publicKey;
    private final Set<KeyUsage> keyUsage;
    private final List<ExtendedKeyUsage> extendedKeyUsage;
    private final Instant notBefore;
    private final Instant notAfter;

    CertificateTemplate(Csr csr, Binding binding, Profile profile, Instant now) {
        this.subject = binding.subject().toX500Name();
        this.subjectAltNames = binding.subjectAltNames().toGeneralNames();
        this.publicKey = csr.publicKey();
        this.keyUsage = binding.keyUsage();
        this.extendedKeyUsage = binding.extendedKeyUsage();
        this.notBefore = now;
        this.notAfter = now.plus(profile.validity());
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

    public Instant notBefore() {
        return notBefore;
    }

    public Instant notAfter() {
        return notAfter;
    }
}
