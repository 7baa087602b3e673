package org.scepgate.bench;

import java.io.IOException;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.scepgate.testing.TestDevice;

/** An answer of another program, which need not be as strict as {@link org.scepgate.testing.CertRep} wants ours. */
final class AnyCertRep {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private AnyCertRep() {}

    /** The certificate of the device's key in an envelope that its key opens, signed by who GetCACert says. */
    static X509CertificateHolder issued(TestDevice device, byte[] answer) {
        try {
            CMSSignedData signed = new CMSSignedData(answer);
            SignerInformation signer =
                    signed.getSignerInfos().getSigners().iterator().next();
            if (!signer.verify(new JcaSimpleSignerInfoVerifierBuilder()
                    .setProvider(PROVIDER)
                    .build(device.recipient()))) {
                throw new IllegalStateException("the signature of an answer is wrong");
            }
            byte[] envelope = signed.getSignedContent() == null
                    ? new byte[0]
                    : (byte[]) signed.getSignedContent().getContent();
            if (envelope.length == 0) {
                throw new IllegalStateException("no SUCCESS, for there is no envelope");
            }
            byte[] certificates = open(envelope, device.keys());
            SubjectPublicKeyInfo key =
                    SubjectPublicKeyInfo.getInstance(device.keys().getPublic().getEncoded());
            return new CMSSignedData(certificates)
                    .getCertificates().getMatches(null).stream()
                            .filter(certificate ->
                                    certificate.getSubjectPublicKeyInfo().equals(key))
                            .findFirst()
                            .orElseThrow(() -> new IllegalStateException("no certificate of the device's key"));
        } catch (CMSException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("no CertRep", e);
        } catch (CertificateException e) {
            throw new IllegalStateException("no certificate of who answers", e);
        }
    }

    private static byte[] open(byte[] envelope, KeyPair keys) throws CMSException, IOException {
        return new CMSEnvelopedData(envelope)
                .getRecipientInfos()
                .getRecipients()
                .iterator()
                .next()
                .getContent(new JceKeyTransEnvelopedRecipient(keys.getPrivate()).setProvider(PROVIDER));
    }
}
