package org.scepgate.bench;

import java.io.IOException;
import java.security.cert.CertificateException;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.scepgate.testing.ScepAttributes;
import org.scepgate.testing.TestDevice;

/** An answer of another program, which need not be as strict as {@link org.scepgate.testing.CertRep} wants ours. */
final class AnyCertRep {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private AnyCertRep() {}

    /**
     * The certificate of the device's key, issued by the CA of GetCACert, in an envelope that the key opens, with SUCCESS
     * and signed by who GetCACert says.
     */
    static X509CertificateHolder issued(TestDevice device, byte[] answer) {
        try {
            CMSSignedData signed = new CMSSignedData(answer);
            SignerInformation signer =
                    signed.getSignerInfos().getSigners().iterator().next();
            require(
                    signer.verify(new JcaSimpleSignerInfoVerifierBuilder()
                            .setProvider(PROVIDER)
                            .build(device.recipient())),
                    "the signature of an answer");
            String status = ASN1PrintableString.getInstance(signer.getSignedAttributes()
                            .get(ScepAttributes.PKI_STATUS)
                            .getAttributeValues()[0])
                    .getString();
            require(status.equals("0"), "SUCCESS, not pkiStatus " + status);
            X509CertificateHolder certificate =
                    certificate(device, (byte[]) signed.getSignedContent().getContent());
            require(
                    certificate.isSignatureValid(new JcaContentVerifierProviderBuilder()
                            .setProvider(PROVIDER)
                            .build(device.authority().authority())),
                    "the signature of a certificate");
            return certificate;
        } catch (CMSException | OperatorCreationException | IOException | CertificateException | CertException e) {
            throw new IllegalStateException("no CertRep", e);
        }
    }

    private static X509CertificateHolder certificate(TestDevice device, byte[] envelope)
            throws CMSException, IOException {
        byte[] certificates = new CMSEnvelopedData(envelope)
                .getRecipientInfos()
                .getRecipients()
                .iterator()
                .next()
                .getContent(new JceKeyTransEnvelopedRecipient(device.keys().getPrivate()).setProvider(PROVIDER));
        SubjectPublicKeyInfo key = device.signer().certificate().getSubjectPublicKeyInfo();
        return new CMSSignedData(certificates)
                .getCertificates().getMatches(null).stream()
                        .filter(certificate ->
                                certificate.getSubjectPublicKeyInfo().equals(key))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no certificate of the device's key"));
    }

    private static void require(boolean isRight, String what) {
        if (!isRight) {
            throw new IllegalStateException("an answer must have " + what);
        }
    }
}
