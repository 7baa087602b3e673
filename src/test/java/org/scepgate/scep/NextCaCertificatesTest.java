package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerId;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.junit.jupiter.api.Test;

class NextCaCertificatesTest {
    private static final X509CertificateHolder CA =
            Keys.certificate("CN=Test CA", "CN=Test CA", Keys.OTHER, Keys.OTHER, BigInteger.ONE);
    private static final X509CertificateHolder NEXT =
            Keys.certificate("CN=Test CA G2", "CN=Test CA G2", Keys.EC, Keys.EC, BigInteger.TWO);

    @Test
    void holdsTheNextCertificatesSignedByEveryKeyOfToday() throws Exception {
        byte[] answer = NextCaCertificates.of(
                List.of(NEXT),
                List.of(
                        new NextCaCertificates.Signer(Keys.signer(Keys.OTHER), CA),
                        new NextCaCertificates.Signer(Keys.signer(Keys.RA), Keys.RA_CERTIFICATE)));

        CMSSignedData signed = new CMSSignedData(answer);
        assertThat((byte[]) signed.getSignedContent().getContent()).isEqualTo(CertificateBundle.of(List.of(NEXT)));
        assertThat(signed.getCertificates().getMatches(null)).contains(NEXT, CA, Keys.RA_CERTIFICATE);
        assertThat(signed.getSignerInfos().getSigners()).hasSize(2);
        for (X509CertificateHolder signer : List.of(CA, Keys.RA_CERTIFICATE)) {
            SignerInformation info = signed.getSignerInfos()
                    .getSigners(signerId(signer))
                    .iterator()
                    .next();
            assertThat(info.verify(new JcaSimpleSignerInfoVerifierBuilder().build(signer)))
                    .isTrue();
        }
        TlvWalk.check(answer, EncodingRules.DER);
    }

    private static SignerId signerId(X509CertificateHolder certificate) {
        return new SignerId(certificate.getIssuer(), certificate.getSerialNumber());
    }
}
