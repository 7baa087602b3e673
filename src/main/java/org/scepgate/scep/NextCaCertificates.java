package org.scepgate.scep;

import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;

/** The answer to GetNextCACert: the certificates to come, signed by the keys of today (RFC 8894 section 4.7.1). */
public final class NextCaCertificates {
    private NextCaCertificates() {}

    /** One of today's keys, ready for one signature, and its certificate. */
    public record Signer(ContentSigner signature, X509CertificateHolder certificate) {}

    /**
     * SignedData in DER around a degenerate one. Every signer signs the same: the RFC wants the CA's signature, jscep
     * looks for that of whom it talks to. jscep also looks for the new certificates beside those of the signers.
     */
    public static byte[] of(List<X509CertificateHolder> next, List<Signer> signers)
            throws OperatorCreationException, IOException {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        try {
            for (Signer signer : signers) {
                generator.addSignerInfoGenerator(new SignerInfoGeneratorBuilder(new BcDigestCalculatorProvider())
                        .build(signer.signature(), signer.certificate()));
                generator.addCertificate(signer.certificate());
            }
            for (X509CertificateHolder certificate : next) {
                generator.addCertificate(certificate);
            }
            return generator
                    .generate(new CMSProcessableByteArray(CertificateBundle.of(next)), true)
                    .toASN1Structure()
                    .getEncoded(ASN1Encoding.DER);
        } catch (CMSException e) {
            throw new IOException("the next certificates cannot be signed", e);
        }
    }
}
