package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.ContentCipher;
import org.scepgate.testing.DigestAlgorithm;
import org.scepgate.testing.EnvelopeBuilder;
import org.scepgate.testing.KeyTransport;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.SignerInfoBuilder;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** Digests, ciphers and key transports of devices, and what the answers to them are made with. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlgorithmsIT {
    private static final String SUBJECT = "CN=algorithms.acme.example,O=Acme";

    private final Scepgate scepgate;
    private final TestMdm mdm;
    private final TestDevice device;

    AlgorithmsIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.mdm = scepgate.mdm();
        this.device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
    }

    static Stream<Arguments> modernAlgorithms() {
        return Stream.of(DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512)
                .flatMap(digest -> Stream.of(ContentCipher.AES_128, ContentCipher.AES_192, ContentCipher.AES_256)
                        .map(cipher -> Arguments.of(digest, cipher)));
    }

    @ParameterizedTest
    @MethodSource("modernAlgorithms")
    void answersWithTheAlgorithmsOfTheRequest(DigestAlgorithm digest, ContentCipher cipher) {
        EnvelopeBuilder envelope = device.envelope(csr(Scepgate.DEMO).encoded()).cipher(cipher);

        CertRep answer = device.send(signed(envelope, signer().digest(digest)));

        assertThat(answer.digest()).isEqualTo(digest);
        assertThat(answer.envelope().cipher()).isEqualTo(cipher);
        requireCertificate(answer, device);
    }

    @ParameterizedTest
    @EnumSource(KeyTransport.class)
    void answersWithTheKeyTransportOfTheRequest(KeyTransport transport) {
        EnvelopeBuilder envelope = device.envelope(csr(Scepgate.DEMO).encoded()).keyTransport(transport);

        CertRep answer = device.send(signed(envelope, signer().bareRsa()));

        KeyTransport expected = transport == KeyTransport.PKCS1_WITHOUT_PARAMETERS ? KeyTransport.PKCS1 : transport;
        assertThat(answer.envelope().keyTransport()).isEqualTo(expected);
        requireCertificate(answer, device);
    }

    @ParameterizedTest
    @EnumSource(
            value = ContentCipher.class,
            names = {"DES", "DES3"})
    void servesOldCiphersWhereTheProfileNamesThem(ContentCipher cipher) {
        TestDevice old = device.at(scepgate.endpoint(Scepgate.LEGACY));
        EnvelopeBuilder envelope = old.envelope(csr(Scepgate.LEGACY).encoded()).cipher(cipher);

        CertRep answer = old.send(signed(envelope, signer()));

        assertThat(answer.envelope().cipher()).isNotEqualTo(ContentCipher.DES);
        requireCertificate(answer, old);
    }

    @ParameterizedTest
    @EnumSource(
            value = DigestAlgorithm.class,
            names = {"MD5", "SHA1"})
    void servesOldDigestsWhereTheProfileNamesThem(DigestAlgorithm digest) {
        TestDevice old = device.at(scepgate.endpoint(Scepgate.LEGACY));
        EnvelopeBuilder envelope = old.envelope(csr(Scepgate.LEGACY).encoded());

        CertRep answer = old.send(signed(envelope, signer().digest(digest)));

        assertThat(answer.digest()).isNotEqualTo(DigestAlgorithm.MD5);
        requireCertificate(answer, old);
    }

    private TestCsr csr(String profile) {
        return device.csr(SUBJECT, mdm.challenge(profile, SUBJECT).secret());
    }

    private SignerInfoBuilder signer() {
        return SignerInfoBuilder.of(device.signer());
    }

    private MessageBuilder signed(EnvelopeBuilder envelope, SignerInfoBuilder signer) {
        return MessageBuilder.pkcsReq(envelope.build())
                .signedBy(signer)
                .certificate(device.signer().certificate());
    }

    private static void requireCertificate(CertRep answer, TestDevice requester) {
        X509CertificateHolder issued = answer.issued(requester.signer());
        CertificateJudge.holdsExactly(issued, SUBJECT);
        CertificateJudge.certifies(issued, requester.keys().getPublic());
    }
}
