package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scepgate.scep.Decoding.accepted;
import static org.scepgate.scep.Decoding.challenge;
import static org.scepgate.scep.Decoding.request;
import static org.scepgate.scep.Keys.sure;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.Security;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v1CertificateBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignerAndRecipientTest {
    private static final PkiMessageDecoder DECODER =
            new PkiMessageDecoder(List.of(Keys.recipient()), Set.of(), Decoding.EVERY_TYPE);

    @Test
    void findsItsOwnAmongSeveralRecipients() {
        EnvelopeBuilder other = new EnvelopeBuilder()
                .recipient(EnvelopeBuilder.identifier(Keys.DEVICE_CERTIFICATE))
                .encryptedKey(EnvelopeBuilder.random(256));
        byte[] envelope = new EnvelopeBuilder().after(other.recipientInfo()).build(Csrs.plain());

        byte[] request = new RequestBuilder().content(envelope).build();

        assertThat(challenge(DECODER, request)).contains(Csrs.CHALLENGE);
    }

    @Test
    void triesTheKeyThatTheEnvelopeNamesDuringARollover() {
        RecipientKey next = new RecipientKey(
                Keys.OTHER.getPrivate(),
                Keys.certificate("CN=Next RA", "CN=Test CA", Keys.OTHER, Keys.OTHER, BigInteger.TEN),
                Security.getProvider("SunJCE"));
        PkiMessageDecoder both = new PkiMessageDecoder(List.of(next, Keys.recipient()), Set.of(), Decoding.EVERY_TYPE);

        byte[] unreadable = new EnvelopeBuilder().build(new byte[] {0x30, 0x00});
        DecodedMessage refused =
                sure(() -> both.decode(new RequestBuilder().content(unreadable).build()));
        DecodedMessage unaddressed =
                sure(() -> both.decode(new RequestBuilder().content(new byte[0]).build()));

        assertThat(challenge(both, new RequestBuilder().build())).contains(Csrs.CHALLENGE);
        assertThat(accepted(both, new RequestBuilder().build()).addressee()).contains(Keys.RA_CERTIFICATE);
        assertThat(refused).isInstanceOf(RejectedMessage.class);
        assertThat(refused.addressee()).contains(Keys.RA_CERTIFICATE);
        assertThat(unaddressed.addressee()).isEmpty();
    }

    @Test
    void takesSubjectKeyIdentifiersOfSignerAndRecipient() {
        byte[] raKeyId = sha1(Keys.RA_CERTIFICATE);
        byte[] ownKeyId = {1, 2, 3};
        X509CertificateHolder withExtension =
                sure(() -> Keys.builder("CN=a", "CN=a", Keys.info(Keys.DEVICE), BigInteger.TEN)
                        .addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(ownKeyId))
                        .build(Keys.signer(Keys.DEVICE)));
        byte[] envelope = new EnvelopeBuilder().recipientKeyId(raKeyId).build(Csrs.plain());

        byte[] byHash = new RequestBuilder()
                .content(envelope)
                .signerKeyId(sha1(Keys.DEVICE_CERTIFICATE))
                .build();
        byte[] byExtension = new RequestBuilder()
                .signer(Keys.DEVICE, withExtension)
                .signerKeyId(ownKeyId)
                .build();

        assertThat(challenge(DECODER, byHash)).contains(Csrs.CHALLENGE);
        assertThat(challenge(DECODER, byExtension)).contains(Csrs.CHALLENGE);
    }

    @Test
    void findsTheSignerAmongOtherAndEvenBrokenCertificates() {
        ASN1Encodable broken = new DERSequence(
                new DERSequence(new ASN1Encodable[] {new ASN1Integer(1), new DERSequence(), new DERSequence()}));
        byte[] request = new RequestBuilder()
                .certificates(
                        broken,
                        Keys.RA_CERTIFICATE.toASN1Structure(),
                        Keys.DEVICE_CERTIFICATE.toASN1Structure(),
                        Keys.DEVICE_CERTIFICATE.toASN1Structure())
                .build();

        assertThat(accepted(DECODER, request).signer()).isEqualTo(Keys.DEVICE_CERTIFICATE);
    }

    @ParameterizedTest
    @MethodSource("oddSigners")
    void takesSignerCertificatesOfOddShapes(X509CertificateHolder signer) {
        byte[] request = new RequestBuilder().signer(Keys.DEVICE, signer).build();

        PkiMessage message = accepted(DECODER, request);

        assertThat(message.signer()).isEqualTo(signer);
    }

    static List<X509CertificateHolder> oddSigners() {
        X500Name name = new X500Name("CN=0F4A8C1E-0000-4000-8000-000000000000");
        Time from = new Time(new DERGeneralizedTime("20200101000000Z"));
        Time to = new Time((ASN1GeneralizedTime) new DERGeneralizedTime("20991231235959Z"));
        BigInteger longSerial = BigInteger.TWO.pow(240);
        X509CertificateHolder version1 = new X509v1CertificateBuilder(
                        name, BigInteger.ONE, new Date(0), new Date(), name, Keys.info(Keys.DEVICE))
                .build(Keys.signer(Keys.DEVICE, "MD5withRSA"));
        X509CertificateHolder generalizedTime = new X509v3CertificateBuilder(
                        name, longSerial, from, to, name, Keys.info(Keys.DEVICE))
                .build(Keys.signer(Keys.DEVICE, "SHA1withRSA"));
        X509CertificateHolder brokenExtension =
                sure(() -> Keys.builder("CN=a", "CN=a", Keys.info(Keys.DEVICE), BigInteger.ZERO)
                        .addExtension(Extension.authorityKeyIdentifier, true, new byte[] {0x30, 0x7F})
                        .build(Keys.signer(Keys.DEVICE)));
        X509CertificateHolder negativeSerial =
                Keys.certificate("CN=a", "CN=a", Keys.DEVICE, Keys.DEVICE, BigInteger.valueOf(-5));
        X509CertificateHolder issuedByUs = Keys.certificate("CN=a", "CN=Test CA", Keys.DEVICE, Keys.OTHER, longSerial);
        return List.of(version1, generalizedTime, brokenExtension, negativeSerial, issuedByUs);
    }

    private static byte[] sha1(X509CertificateHolder certificate) {
        return sure(() -> MessageDigest.getInstance("SHA-1")
                .digest(certificate.getSubjectPublicKeyInfo().getPublicKeyData().getBytes()));
    }
}
