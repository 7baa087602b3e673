package org.scepgate.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.scepgate.ca.KeyEntry;
import org.scepgate.ca.KeyOperations;
import org.scepgate.ca.SignatureMaker;

/** The certificates of a CA's own parties (RFC 5280), and the request for a CA's. */
final class Certificates {
    private static final int SERIAL_BITS = 127;
    /** Certificate Request Agent: Windows takes no RA certificate without an extended key usage. */
    private static final KeyPurposeId REQUEST_AGENT =
            KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.1"));

    private static final int AUTHORITY = KeyUsage.keyCertSign | KeyUsage.cRLSign;

    private final BcX509ExtensionUtils identifiers = new BcX509ExtensionUtils();

    /** What a CA's certificate says of it. */
    record Authority(X500Name subject, Optional<Integer> pathLength) {
        BasicConstraints constraints() {
            return pathLength.map(BasicConstraints::new).orElseGet(() -> new BasicConstraints(true));
        }
    }

    X509CertificateHolder root(Authority authority, Validity validity, KeyOperations key, SubjectPublicKeyInfo info) {
        X509v3CertificateBuilder builder = builder(authority.subject(), authority.subject(), validity, info);
        add(builder, Extension.basicConstraints, true, authority.constraints());
        add(builder, Extension.keyUsage, true, new KeyUsage(AUTHORITY));
        return builder.build(new SignatureMaker(key, info));
    }

    X509CertificateHolder registrationAuthority(
            KeyEntry issuer, X500Name subject, Validity validity, SubjectPublicKeyInfo info) {
        X509v3CertificateBuilder builder = issued(issuer, subject, validity, info);
        // macOS encrypts to another certificate unless it finds both usages here.
        add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
        add(builder, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(REQUEST_AGENT));
        return builder.build(issuer.signer());
    }

    /** RFC 6960 section 4.2.2.2; nobody asks whether it is revoked (4.2.2.2.1), so it should not be valid for long. */
    X509CertificateHolder ocspResponder(
            KeyEntry issuer, X500Name subject, Validity validity, SubjectPublicKeyInfo info) {
        X509v3CertificateBuilder builder = issued(issuer, subject, validity, info);
        add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        add(builder, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning));
        add(builder, OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
        return builder.build(issuer.signer());
    }

    /** Asks the CA above for the certificate of an intermediate CA. */
    PKCS10CertificationRequest request(Authority authority, KeyEntry key) {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        try {
            extensions.addExtension(Extension.basicConstraints, true, authority.constraints());
            extensions.addExtension(Extension.keyUsage, true, new KeyUsage(AUTHORITY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PKCS10CertificationRequestBuilder(authority.subject(), key.publicKey())
                .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
                .build(key.signer());
    }

    private X509v3CertificateBuilder issued(
            KeyEntry issuer, X500Name subject, Validity validity, SubjectPublicKeyInfo info) {
        X500Name issuerName = issuer.certificate().getSubject();
        X509v3CertificateBuilder builder = builder(issuerName, subject, validity.within(issuer.certificate()), info);
        add(builder, Extension.basicConstraints, true, new BasicConstraints(false));
        add(
                builder,
                Extension.authorityKeyIdentifier,
                false,
                identifiers.createAuthorityKeyIdentifier(issuer.certificate()));
        return builder;
    }

    private X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, Validity validity, SubjectPublicKeyInfo info) {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1),
                validity.notBefore(),
                validity.notAfter(),
                subject,
                info);
        add(builder, Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(info));
        return builder;
    }

    private static void add(
            X509v3CertificateBuilder builder, ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
        try {
            builder.addExtension(type, critical, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
