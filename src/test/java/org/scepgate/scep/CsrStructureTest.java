package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.junit.jupiter.api.Test;

class CsrStructureTest {
    private final Conversation conversation = new Conversation(Keys.rsa(2048), Conversation.USUAL);

    @Test
    void readsASignatureOfWholeBytesAlone() throws Exception {
        assertThat(CsrStructure.readFirst(signed(0)).challengePassword()).isPresent();

        assertThatExceptionOfType(UnreadableException.class).isThrownBy(() -> CsrStructure.readFirst(signed(3)));
    }

    private byte[] signed(int bitsLeftOver) throws IOException {
        CertificationRequest whole = conversation.csr().toASN1Structure();
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(whole.getCertificationRequestInfo());
        parts.add(whole.getSignatureAlgorithm());
        byte[] signature = whole.getSignature().getOctets();
        signature[signature.length - 1] = 0;
        parts.add(new DERBitString(signature, bitsLeftOver));
        return new DERSequence(parts).getEncoded(ASN1Encoding.DER);
    }
}
