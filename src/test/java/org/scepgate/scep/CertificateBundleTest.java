package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.cms.CMSSignedData;
import org.junit.jupiter.api.Test;

class CertificateBundleTest {
    @Test
    void holdsTheCertificatesInOrderAndNothingElse() throws Exception {
        byte[] bundle = CertificateBundle.of(List.of(Keys.RA_CERTIFICATE, Keys.DEVICE_CERTIFICATE));
        byte[] reverse = CertificateBundle.of(List.of(Keys.DEVICE_CERTIFICATE, Keys.RA_CERTIFICATE));

        SignedData data = signedData(bundle);
        assertThat(data.getCertificates())
                .containsExactly(Keys.RA_CERTIFICATE.toASN1Structure(), Keys.DEVICE_CERTIFICATE.toASN1Structure());
        assertThat(signedData(reverse).getCertificates())
                .containsExactly(Keys.DEVICE_CERTIFICATE.toASN1Structure(), Keys.RA_CERTIFICATE.toASN1Structure());
        assertThat(data.getVersion().intValueExact()).isEqualTo(1);
        assertThat(data.getDigestAlgorithms()).isEmpty();
        assertThat(data.getEncapContentInfo().getContent()).isNull();
        assertThat(data.getCRLs()).isNull();
        assertThat(data.getSignerInfos()).isEmpty();
        TlvWalk.check(bundle, EncodingRules.DER);
    }

    private static SignedData signedData(byte[] bundle) throws Exception {
        return SignedData.getInstance(
                new CMSSignedData(bundle).toASN1Structure().getContent());
    }
}
