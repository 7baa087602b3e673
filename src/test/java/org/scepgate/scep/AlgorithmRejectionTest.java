package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.scepgate.scep.Decoding.rejected;
import static org.scepgate.scep.Keys.sure;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.spec.OAEPParameterSpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlgorithmRejectionTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("algorithms")
    void rejects(String what, byte[] request, FailInfo failInfo, String reason) {
        RejectedMessage rejected = rejected(request);

        assertThat(rejected.failInfo()).isEqualTo(failInfo);
        assertThat(rejected.reason()).isEqualTo(reason);
        assertThat(rejected.replyTo().transactionId().value()).isEqualTo("7XXEY-ERLPU-2JDR9");
    }

    static Stream<Arguments> algorithms() {
        return Stream.of(
                row("MD5", request().digest("MD5"), FailInfo.BAD_ALG, "digest-algorithm"),
                row("SHA-1", request().digest("SHA-1"), FailInfo.BAD_ALG, "digest-algorithm"),
                row("SHA-224", request().digest("SHA-224"), FailInfo.BAD_ALG, "digest-algorithm"),
                signature("other digest", PKCSObjectIdentifiers.sha512WithRSAEncryption),
                signature("MD5 in the signature", PKCSObjectIdentifiers.md5WithRSAEncryption),
                signature("a digest", NISTObjectIdentifiers.id_sha256),
                signature("PSS without parameters", PKCSObjectIdentifiers.id_RSASSA_PSS),
                cipher("DES", OIWObjectIdentifiers.desCBC, "DES", 8),
                cipher("3DES", PKCSObjectIdentifiers.des_EDE3_CBC, "DESede", 24),
                row(
                        "RC2",
                        sealed(new EnvelopeBuilder()
                                .cipher(PKCSObjectIdentifiers.RC2_CBC, "AES", 16, 16)
                                .cipherParameters(new DERSequence(new DEROctetString(new byte[8])))),
                        FailInfo.BAD_ALG,
                        "content-cipher"),
                transport("key agreement", new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey)),
                transport("OAEP with MD5", oaep(PKCSObjectIdentifiers.md5, new byte[0])),
                transport("OAEP with a label", oaep(NISTObjectIdentifiers.id_sha256, new byte[] {1})));
    }

    private static Arguments signature(String what, ASN1ObjectIdentifier algorithm) {
        RequestBuilder request = request().signatureAlgorithm(new AlgorithmIdentifier(algorithm, DERNull.INSTANCE));
        return row(what, request, FailInfo.BAD_ALG, "signature-algorithm");
    }

    private static Arguments cipher(String what, ASN1ObjectIdentifier oid, String name, int keyLength) {
        RequestBuilder request = sealed(new EnvelopeBuilder().cipher(oid, name, keyLength, 8));
        return row(what, request, FailInfo.BAD_ALG, "content-cipher");
    }

    private static Arguments transport(String what, AlgorithmIdentifier algorithm) {
        RequestBuilder request = sealed(new EnvelopeBuilder().transport(algorithm, OAEPParameterSpec.DEFAULT));
        return row(what, request, FailInfo.BAD_ALG, "key-transport");
    }

    private static AlgorithmIdentifier oaep(ASN1ObjectIdentifier digest, byte[] label) {
        RSAESOAEPparams params = new RSAESOAEPparams(
                new AlgorithmIdentifier(digest),
                RSAESOAEPparams.DEFAULT_MASK_GEN_FUNCTION,
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_pSpecified, new DEROctetString(label)));
        return new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, params);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DES", "DES3", "SHA_1", "MD5"})
    void allowsALegacyAlgorithmForItselfOnly(LegacyAlgorithm only) {
        PkiMessageDecoder decoder = new PkiMessageDecoder(List.of(Keys.recipient()), Set.of(only), Decoding.EVERY_TYPE);

        List<Boolean> accepted = Stream.of(
                        sealed(new EnvelopeBuilder().cipher(OIWObjectIdentifiers.desCBC, "DES", 8, 8)),
                        sealed(new EnvelopeBuilder().cipher(PKCSObjectIdentifiers.des_EDE3_CBC, "DESede", 24, 8)),
                        request().digest("SHA-1"),
                        request().digest("MD5"))
                .map(request -> sure(() -> decoder.decode(request.build())).fold(yes -> true, no -> false))
                .toList();

        assertThat(accepted)
                .isEqualTo(Stream.of(LegacyAlgorithm.values()).map(only::equals).toList());
    }

    private static RequestBuilder sealed(EnvelopeBuilder envelope) {
        return request().content(envelope.build(Csrs.plain()));
    }

    private static RequestBuilder request() {
        return new RequestBuilder();
    }

    private static Arguments row(String what, RequestBuilder request, FailInfo failInfo, String reason) {
        return arguments(what, request.build(), failInfo, reason);
    }
}
