package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestedKeyTest {
    private static final AlgorithmIdentifier RSA =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);

    private static Stream<DERBitString> noKeys() {
        return Stream.of(
                new DERBitString(new byte[0]),
                new DERBitString(new byte[] {5, 0}),
                new DERBitString(new byte[] {48, 0}),
                new DERBitString(new byte[] {48, (byte) 0x84, 127, 0, 0, 0}),
                // Whose last byte is not whole.
                new DERBitString(new byte[] {48, 6, 2, 1, 3, 2, 1, 0}, 3));
    }

    @ParameterizedTest
    @MethodSource("noKeys")
    void isNoKeyWhereNothingCanBeRead(DERBitString bits) {
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(RSA);
        parts.add(bits);

        assertThat(RequestedKey.of(SubjectPublicKeyInfo.getInstance(new DERSequence(parts))))
                .hasToString("RSA, unreadable");
    }
}
