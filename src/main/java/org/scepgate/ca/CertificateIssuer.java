package org.scepgate.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509ExtensionUtils;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.scepgate.platform.UnavailableException;
import org.scepgate.policy.CertificateTemplate;
import org.scepgate.policy.KeyUsage;
import org.scepgate.policy.SecurityIdentifier;

/** Signs certificates (RFC 5280) for one CA, and signs nothing but what the policy made a template of. */
public final class CertificateIssuer {
    private static final int SERIAL_BYTES = 16;
    private static final int RETRY_AFTER_SECONDS = 60;

    private final CaKeys ca;
    private final SecureRandom random;
    private final PublicUrls urls;
    private final AuthorityKeyIdentifier authorityKey;
    private final X509ExtensionUtils identifiers = new BcX509ExtensionUtils();

    public CertificateIssuer(CaKeys ca, SecureRandom random, PublicUrls urls) {
        this.ca = ca;
        this.authorityKey = ca.authorityKeyIdentifier();
        this.random = random;
        this.urls = urls;
    }

    /**
     * Signs what the template says, its dates cut to the CA's own.
     *
     * @param now when the signature is asked for, to refuse in the name of a CA that is out of date
     * @throws UnavailableException if the CA's certificate is not in date, or its key does not sign
     */
    public X509CertificateHolder sign(CertificateTemplate template, Instant now) {
        if (!ca.authority().facts().isInDate(now)) {
            throw new UnavailableException(
                    "the certificate of CA " + ca.name() + " is not in date", RETRY_AFTER_SECONDS);
        }
        try {
            return builderFor(template).build(ca.authority().signer());
        } catch (IOException e) {
            throw new UnavailableException("CA " + ca.name() + " could not sign", RETRY_AFTER_SECONDS, e);
        }
    }

    private X509v3CertificateBuilder builderFor(CertificateTemplate template) throws IOException {
        CertificateFacts issuer = ca.authority().facts();
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                ca.authority().certificate().getSubject(),
                serial(),
                ValidityTime.of(later(template.notBefore(), issuer.notBefore())),
                ValidityTime.of(earlier(template.notAfter(), issuer.notAfter())),
                template.subject(),
                template.publicKey());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, keyUsage(template));
        if (!template.extendedKeyUsage().isEmpty()) {
            builder.addExtension(Extension.extendedKeyUsage, false, extendedKeyUsage(template));
        }
        addNames(builder, template);
        SubjectKeyIdentifier subjectKey = identifiers.createSubjectKeyIdentifier(template.publicKey());
        builder.addExtension(Extension.subjectKeyIdentifier, false, subjectKey);
        builder.addExtension(Extension.authorityKeyIdentifier, false, authorityKey);
        addUrls(builder);
        return builder;
    }

    private void addUrls(X509v3CertificateBuilder builder) throws IOException {
        Optional<CRLDistPoint> crl = urls.distributionPoints();
        if (crl.isPresent()) {
            builder.addExtension(Extension.cRLDistributionPoints, false, crl.get());
        }
        Optional<AuthorityInformationAccess> access = urls.authorityAccess();
        if (access.isPresent()) {
            builder.addExtension(Extension.authorityInfoAccess, false, access.get());
        }
    }

    private static void addNames(X509v3CertificateBuilder builder, CertificateTemplate template) throws IOException {
        if (template.subjectAltNames().isPresent()) {
            GeneralNames names = template.subjectAltNames().get();
            builder.addExtension(Extension.subjectAlternativeName, template.subjectAltNamesCritical(), names);
        }
        if (template.securityIdentifier().isPresent()) {
            ASN1Encodable account = template.securityIdentifier().get().extensionValue();
            builder.addExtension(SecurityIdentifier.EXTENSION, false, account);
        }
    }

    private static org.bouncycastle.asn1.x509.KeyUsage keyUsage(CertificateTemplate template) {
        int bits = 0;
        for (KeyUsage usage : template.keyUsage()) {
            bits |= usage.bit();
        }
        return new org.bouncycastle.asn1.x509.KeyUsage(bits);
    }

    private static org.bouncycastle.asn1.x509.ExtendedKeyUsage extendedKeyUsage(CertificateTemplate template) {
        return new org.bouncycastle.asn1.x509.ExtendedKeyUsage(template.extendedKeyUsage().stream()
                .map(usage -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(usage.oid())))
                .toArray(KeyPurposeId[]::new));
    }

    private BigInteger serial() {
        byte[] bytes = new byte[SERIAL_BYTES];
        BigInteger serial;
        do {
            random.nextBytes(bytes);
            serial = new BigInteger(1, bytes);
        } while (serial.signum() == 0);
        return serial;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
