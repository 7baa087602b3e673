package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.PasswordEnvelope;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** What is inside a message, and how it is sealed: each type holds one thing, and nothing comes in the clear. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnvelopeContentIT {
    private static final String SUBJECT = "CN=content.acme.example,O=Acme";
    private static final String BAD_REQUEST = "2";
    private static final String BAD_CERT_ID = "4";

    private final TestMdm mdm;
    private final TestMdm.Challenge challenge;
    private final TestDevice device;
    private final TestDevice asking;
    private final TestDevice waiting;
    private final TestDevice certified;

    EnvelopeContentIT(Scepgate scepgate) {
        this.mdm = scepgate.mdm();
        this.challenge = mdm.challenge(Scepgate.DEMO, SUBJECT);
        this.device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        this.asking = device.at(scepgate.endpoint(Scepgate.QUERIES));
        this.waiting = device.at(scepgate.endpoint(Scepgate.APPROVAL));
        this.certified = asking.holding(asking.enrol(
                asking.csr(SUBJECT, mdm.challenge(Scepgate.QUERIES, SUBJECT).secret())));
    }

    private byte[] csr() {
        return device.csr(SUBJECT, challenge.secret()).encoded();
    }

    /** Of a certificate that there is, and that GetCert would give. */
    private byte[] issuerAndSerial() {
        return encoded(new IssuerAndSerialNumber(
                certified.signer().certificate().getIssuer(),
                certified.signer().certificate().getSerialNumber()));
    }

    private byte[] issuerAndSubject() {
        X500Name issuer = certified.signer().certificate().getIssuer();
        return encoded(new DERSequence(new ASN1Encodable[] {issuer, new X500Name(SUBJECT)}));
    }

    private static byte[] longer(byte[] content) {
        return Arrays.copyOf(content, content.length + 1);
    }

    Stream<Arguments> noCsr() {
        return Stream.of("17", "19")
                .flatMap(type -> Stream.of(
                        Arguments.of(type, "an IssuerAndSerialNumber", issuerAndSerial()),
                        Arguments.of(type, "an IssuerAndSubject", issuerAndSubject()),
                        Arguments.of(type, "a CSR and one byte more", longer(csr())),
                        Arguments.of(type, "nothing", new byte[0])));
    }

    @ParameterizedTest(name = "{0} around {1}")
    @MethodSource("noCsr")
    void certifiesNothingButACsr(String type, String name, byte[] content) {
        CertRep answer = certified.send(certified.request(content).messageType(type));

        assertThat(answer.failInfo()).contains(BAD_REQUEST);
        assertThat(mdm.stateOf(challenge)).isEqualTo("ISSUED");
    }

    Stream<Arguments> noCertificateId() {
        return Stream.of("21", "22")
                .flatMap(type -> Stream.of(
                        Arguments.of(type, "a CSR", csr()),
                        Arguments.of(type, "an IssuerAndSubject", issuerAndSubject()),
                        Arguments.of(type, "an id and one byte more", longer(issuerAndSerial())),
                        Arguments.of(type, "a number alone", encoded(new ASN1Integer(BigInteger.TEN))),
                        Arguments.of(type, "nothing", new byte[0])));
    }

    /** Likewise the CRL's, for whoever re-signs an envelope chooses the type (ADR 3). */
    @ParameterizedTest(name = "{0} around {1}")
    @MethodSource("noCertificateId")
    void answersAQueryAroundAnythingElseAsForACertificateThatIsNotThere(String type, String name, byte[] content) {
        byte[] unknown = encoded(new IssuerAndSerialNumber(new X500Name("CN=Another CA"), BigInteger.TEN));

        CertRep answer = asking.send(asking.request(content).messageType(type));

        assertThat(answer.failInfo()).contains(BAD_CERT_ID);
        assertThat(answer)
                .hasToString(
                        asking.send(asking.request(unknown).messageType(type)).toString());
        assertThat(asking.send(asking.request(issuerAndSerial()).messageType(type))
                        .isSuccess())
                .isTrue();
    }

    @Test
    void opensNoPoll() {
        MessageBuilder request = waiting.request(waiting.csr("CN=content-polled"));
        assertThat(waiting.send(request).pkiStatus()).isEqualTo("3");

        CertRep unreadable =
                waiting.send(waiting.request(waiting.envelope(new byte[9]).wrongKeyPadding())
                        .messageType("20")
                        .transactionId(request.transactionId()));
        CertRep withACsr =
                waiting.send(waiting.request(csr()).messageType("20").transactionId(request.transactionId()));

        assertThat(unreadable.pkiStatus()).isEqualTo("3");
        assertThat(withACsr.pkiStatus()).isEqualTo("3");
    }

    Stream<Arguments> clear() {
        return Stream.of(
                Arguments.of("a CSR", csr()),
                Arguments.of(
                        "a CSR as data",
                        encoded(new ContentInfo(CMSObjectIdentifiers.data, new DEROctetString(csr())))),
                Arguments.of(
                        "a signed CSR",
                        MessageBuilder.pkcsReq(csr()).signedBy(device.signer()).build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clear")
    void readsNothingThatIsNotEncrypted(String name, byte[] content) {
        CertRep answer = device.send(MessageBuilder.pkcsReq(content).signedBy(device.signer()));

        assertThat(answer.failInfo()).contains(BAD_REQUEST);
        assertThat(mdm.stateOf(challenge)).isEqualTo("ISSUED");
    }

    /** Whoever counted the rounds that some of them claim would not answer in time. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2048, 1_000_000_000})
    void readsNothingThatIsEncryptedUnderAPassword(int rounds) {
        byte[] envelope = PasswordEnvelope.of(csr(), challenge.secret(), rounds);

        CertRep answer = device.send(MessageBuilder.pkcsReq(envelope).signedBy(device.signer()));

        assertThat(answer.failInfo()).contains(BAD_REQUEST);
        assertThat(mdm.stateOf(challenge)).isEqualTo("ISSUED");
    }

    private static byte[] encoded(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded("DER");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
