package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scepgate.scep.Decoding.accepted;
import static org.scepgate.scep.Decoding.challenge;
import static org.scepgate.scep.Decoding.request;
import static org.scepgate.scep.Keys.sure;

import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedAlgorithmsTest {
    private static final PkiMessageDecoder DECODER =
            new PkiMessageDecoder(List.of(Keys.recipient()), Set.of(), Decoding.EVERY_TYPE);
    private static final PkiMessageDecoder LEGACY =
            new PkiMessageDecoder(List.of(Keys.recipient()), EnumSet.allOf(LegacyAlgorithm.class), Decoding.EVERY_TYPE);

    @ParameterizedTest
    @ValueSource(strings = {"SHA-256", "SHA-384", "SHA-512"})
    void takesEverySha2DigestAndAnswersWithIt(String digest) {
        AlgorithmIdentifier combined = new AlgorithmIdentifier(new DefaultSignatureAlgorithmIdentifierFinder()
                .find(digest.replace("-", "") + "withRSA")
                .getAlgorithm());

        PkiMessage plain = accepted(DECODER, new RequestBuilder().digest(digest).build());
        PkiMessage named = accepted(
                DECODER,
                new RequestBuilder().digest(digest).signatureAlgorithm(combined).build());

        assertThat(plain.replyTo().algorithms().digest().jcaName()).isEqualTo(digest);
        assertThat(named.replyTo().algorithms().digest().jcaName()).isEqualTo(digest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA-1", "MD5"})
    void takesOldDigestsWhereAProfileNamesThem(String digest) {
        String signature = digest.replace("-", "") + "withRSA";
        byte[] request = new RequestBuilder()
                .digest(digest)
                .csr(Csrs.of(Keys.DEVICE, signature))
                .build();

        PkiMessage message = accepted(LEGACY, request);

        DigestAlgorithm answer = digest.equals("MD5") ? DigestAlgorithm.SHA_256 : DigestAlgorithm.SHA_1;
        assertThat(message.replyTo().algorithms().digest()).isEqualTo(answer);
    }

    @Test
    void takesPssSignaturesOfMessageAndCsr() {
        PSSParameterSpec spec = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
        byte[] csr = sure(() -> Csrs.builder(Keys.info(Keys.DEVICE))
                .build(new JcaContentSignerBuilder("RSASSA-PSS", spec)
                        .setProvider(new BouncyCastleProvider())
                        .build(Keys.DEVICE.getPrivate()))
                .getEncoded());

        byte[] request = BouncyCastleRequest.signedWithPss(new EnvelopeBuilder().build(csr), spec);

        assertThat(accepted(DECODER, request).signerHoldsRequestedKey()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(ContentCipher.class)
    void opensEveryCipherAndNeverAnswersWithDes(ContentCipher cipher) {
        byte[] request = new RequestBuilder()
                .content(new EnvelopeBuilder()
                        .cipher(cipher.oid(), cipher.jcaName(), cipher.keyLength(), cipher.blockLength())
                        .build(Csrs.plain()))
                .build();

        PkiMessage message = accepted(LEGACY, request);

        ContentCipher answer = cipher == ContentCipher.DES ? ContentCipher.AES_128 : cipher;
        assertThat(request(message).challengePassword()).contains(Csrs.CHALLENGE);
        assertThat(message.replyTo().algorithms().content()).isEqualTo(answer);
    }

    @ParameterizedTest
    @MethodSource("oaepParameters")
    void opensOaepAsWindowsSendsIt(ASN1Encodable parameters, String digest, String mgfDigest) {
        OAEPParameterSpec spec =
                new OAEPParameterSpec(digest, "MGF1", new MGF1ParameterSpec(mgfDigest), PSource.PSpecified.DEFAULT);
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, parameters);
        byte[] envelope = new EnvelopeBuilder().transport(algorithm, spec).build(Csrs.plain());

        PkiMessage message =
                accepted(DECODER, new RequestBuilder().content(envelope).build());

        KeyTransport.Oaep answer =
                message.replyTo().algorithms().keyTransport().oaep().orElseThrow();
        assertThat(request(message).challengePassword()).contains(Csrs.CHALLENGE);
        assertThat(answer.digest().jcaName()).isEqualTo(digest);
        assertThat(answer.mgfDigest().jcaName()).isEqualTo(mgfDigest);
    }

    static Object[][] oaepParameters() {
        ASN1ObjectIdentifier sha1 = OIWObjectIdentifiers.idSHA1;
        ASN1ObjectIdentifier sha256 = NISTObjectIdentifiers.id_sha256;
        ASN1ObjectIdentifier sha512 = NISTObjectIdentifiers.id_sha512;
        return new Object[][] {
            {new DERSequence(), "SHA-1", "SHA-1"},
            {null, "SHA-1", "SHA-1"},
            {oaep(sha1, sha1), "SHA-1", "SHA-1"},
            {oaep(sha256, sha256), "SHA-256", "SHA-256"},
            {oaep(sha256, sha1), "SHA-256", "SHA-1"},
            {oaep(sha512, sha512), "SHA-512", "SHA-512"},
        };
    }

    private static RSAESOAEPparams oaep(ASN1ObjectIdentifier digest, ASN1ObjectIdentifier mgfDigest) {
        return new RSAESOAEPparams(
                new AlgorithmIdentifier(digest),
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, new AlgorithmIdentifier(mgfDigest)),
                RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM);
    }

    @Test
    void takesRsaEncryptionWithoutParameters() {
        AlgorithmIdentifier bare = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption);
        byte[] envelope = new EnvelopeBuilder().transport(bare, null).build(Csrs.plain());

        byte[] request =
                new RequestBuilder().content(envelope).signatureAlgorithm(bare).build();

        assertThat(challenge(DECODER, request)).contains(Csrs.CHALLENGE);
    }

    @Test
    void worksWithTheKeyInAnyProvider() {
        CountingProvider provider = new CountingProvider();
        RecipientKey recipient = new RecipientKey(Keys.RA.getPrivate(), Keys.RA_CERTIFICATE, provider);
        PkiMessageDecoder decoder = new PkiMessageDecoder(List.of(recipient), Set.of(), Decoding.EVERY_TYPE);

        accepted(decoder, new RequestBuilder().build());

        assertThat(provider.operations()).isEqualTo(1);
    }
}
