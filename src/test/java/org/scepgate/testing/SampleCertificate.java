package org.scepgate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates that no server issued, to see what a lint says of them. */
final class SampleCertificate {
    private static final KeyPair KEYS = TestKeys.rsa();
    private static final ASN1ObjectIdentifier ACCOUNT_NAME = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.25.2.1");

    private SampleCertificate() {}

    /** @param names as {@link AltNameText#read} takes them */
    static X509CertificateHolder of(String subject, String names, int usage) {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                new X500Name("CN=Sample CA"),
                BigInteger.TEN,
                Date.from(Instant.now()),
                Date.from(Instant.now().plus(Duration.ofDays(1))),
                new X500Name(subject),
                SubjectPublicKeyInfo.getInstance(KEYS.getPublic().getEncoded()));
        add(builder, Extension.keyUsage, new KeyUsage(usage));
        add(builder, Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        GeneralName[] all = AltNameText.read(names).toArray(GeneralName[]::new);
        if (all.length > 0) {
            add(builder, Extension.subjectAlternativeName, new GeneralNames(all));
        }
        return signed(builder);
    }

    /** The same with an account in it. */
    static X509CertificateHolder withAccount(X509CertificateHolder certificate, String securityIdentifier) {
        DEROctetString text = new DEROctetString(securityIdentifier.getBytes(StandardCharsets.US_ASCII));
        GeneralName name = new GeneralName(GeneralName.otherName, new OtherName(ACCOUNT_NAME, text));
        return with(certificate, Grant.ACCOUNT, new GeneralNames(name));
    }

    static X509CertificateHolder with(
            X509CertificateHolder certificate, ASN1ObjectIdentifier extension, ASN1Encodable value) {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(certificate);
        add(builder, extension, value);
        return signed(builder);
    }

    private static void add(X509v3CertificateBuilder builder, ASN1ObjectIdentifier extension, ASN1Encodable value) {
        try {
            builder.addExtension(extension, false, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509CertificateHolder signed(X509v3CertificateBuilder builder) {
        try {
            return builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(KEYS.getPrivate()));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
