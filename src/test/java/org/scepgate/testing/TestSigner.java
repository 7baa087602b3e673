package org.scepgate.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v1CertificateBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The key and certificate a request is signed with: the self-signed one of a new device, or an issued one. */
public record TestSigner(KeyPair keys, X509CertificateHolder certificate) {

    /** The usual signer: the device's own key under its own name. */
    public static TestSigner selfSigned(KeyPair keys, String subject) {
        return of(keys).subject(subject).build();
    }

    public static Builder of(KeyPair keys) {
        return new Builder(keys);
    }

    public boolean isElliptic() {
        return "EC".equals(keys.getPrivate().getAlgorithm());
    }

    /** Builder of self-signed certificates in every shape devices were seen to send. */
    public static final class Builder {
        private final KeyPair keys;
        private X500Name subject = new X500Name(BCStyle.INSTANCE, "CN=SCEP Protocol Certificate");
        private BigInteger serial = BigInteger.ONE;
        private String signature;
        private boolean version1;
        private Instant from = Instant.now().minus(Duration.ofDays(1));
        private Instant until = Instant.now().plus(Duration.ofDays(1));
        private Extension extension;

        private Builder(KeyPair keys) {
            this.keys = keys;
            this.signature = "EC".equals(keys.getPrivate().getAlgorithm()) ? "SHA256withECDSA" : "SHA256withRSA";
        }

        public Builder subject(String name) {
            this.subject = new X500Name(BCStyle.INSTANCE, name);
            return this;
        }

        public Builder serial(BigInteger number) {
            this.serial = number;
            return this;
        }

        /** The algorithm of the certificate's own signature; Windows uses SHA-1, sscep MD5. */
        public Builder signature(String algorithm) {
            this.signature = algorithm;
            return this;
        }

        public Builder version1() {
            this.version1 = true;
            return this;
        }

        /** From 2050 on dates are written as GeneralizedTime. */
        public Builder validity(Instant notBefore, Instant notAfter) {
            this.from = notBefore;
            this.until = notAfter;
            return this;
        }

        public Builder extension(Extension value) {
            this.extension = value;
            return this;
        }

        public TestSigner build() {
            SubjectPublicKeyInfo key =
                    SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
            try {
                ContentSigner signer = new JcaContentSignerBuilder(signature).build(keys.getPrivate());
                return new TestSigner(keys, version1 ? version1(key, signer) : version3(key, signer));
            } catch (OperatorCreationException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private X509CertificateHolder version1(SubjectPublicKeyInfo key, ContentSigner signer) {
            return new X509v1CertificateBuilder(subject, serial, Date.from(from), Date.from(until), subject, key)
                    .build(signer);
        }

        private X509CertificateHolder version3(SubjectPublicKeyInfo key, ContentSigner signer) throws IOException {
            X509v3CertificateBuilder builder =
                    new X509v3CertificateBuilder(subject, serial, Date.from(from), Date.from(until), subject, key);
            if (extension != null) {
                builder.addExtension(extension);
            }
            return builder.build(signer);
        }
    }
}
