package org.scepgate.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.PasswordEnvelope;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestSigner;

/** pkiMessages that are small to send and would be dear to read. */
final class ResourceBombs {
    private static final long ROUNDS = 1L << 31;
    private static final int MANY = 10_000;
    private static final int DEPTH = 100_000;
    private static final int LONG = 200_000;
    // An OCTET STRING, or a SEQUENCE, that claims to have 2 GiB.
    private static final byte[] HUGE_STRING = {0x04, (byte) 0x84, 0x7f, -1, -1, -1, 0x30, 0};
    private static final byte[] HUGE_SEQUENCE = {0x30, (byte) 0x84, 0x7f, -1, -1, -1, 0x30, 0};

    private static final String MALFORMED = "400 scep.message-malformed";
    // Of a signer's key alone: for all that is inside the envelope there is one answer.
    private static final String BAD_ALG = "200 badAlg";
    private static final String BAD_REQUEST = "200 badRequest";

    private final TestDevice device;
    private final String subject;
    private final String challenge;

    /** @param challenge one that would be good, if the rest were */
    ResourceBombs(TestDevice device, String subject, String challenge) {
        this.device = device;
        this.subject = subject;
        this.challenge = challenge;
    }

    Map<String, Bomb> messages() {
        Map<String, Bomb> all = new LinkedHashMap<>();
        keys(all);
        all.put(
                "PBKDF2 of 2^31 rounds",
                bomb(BAD_REQUEST, bare(PasswordEnvelope.of(csr().encoded(), challenge, ROUNDS))));
        structures(all);
        names(all);
        return all;
    }

    private void keys(Map<String, Bomb> all) {
        KeyPair long16384 = TestKeys.rsa16384();
        TestDevice holder = device.another(long16384);
        all.put(
                "an RSA-16384 key",
                bomb(BAD_ALG, holder.request(holder.csr(subject, challenge)).build()));
        all.put("a CSR for an RSA-16384 key", bomb(BAD_REQUEST, around(csrFor(long16384))));
        for (int bits : new int[] {2048, 16_384}) {
            BigInteger modulus = ((RSAPublicKey) (bits == 2048 ? device.keys() : long16384).getPublic()).getModulus();
            SubjectPublicKeyInfo huge = key(modulus, modulus.subtract(BigInteger.TWO));
            all.put(
                    "a CSR for RSA-" + bits + " with an exponent as long",
                    bomb(
                            BAD_REQUEST,
                            around(TestCsr.of(huge, device.keys().getPrivate())
                                    .subject(subject)
                                    .challenge(challenge))));
            all.put(
                    "RSA-" + bits + " with an exponent as long",
                    bomb(BAD_ALG, signedUnder(certificate(huge, new X500Name("CN=x")), csr())));
        }
    }

    private void structures(Map<String, Bomb> all) {
        byte[] deep = HostileBytes.nested(DEPTH);
        all.put("100,000 levels", bomb(MALFORMED, deep));
        all.put("100,000 levels in place of an envelope", bomb(BAD_REQUEST, bare(deep)));
        all.put(
                "100,000 levels in an envelope",
                bomb(BAD_REQUEST, device.request(deep).build()));
        all.put("2 GiB", bomb(MALFORMED, HUGE_SEQUENCE));
        all.put("2 GiB in place of an envelope", bomb(BAD_REQUEST, bare(HUGE_SEQUENCE)));
        all.put(
                "a string of 2 GiB in an envelope",
                bomb(BAD_REQUEST, device.request(HUGE_STRING).build()));
        all.put(
                "a sequence of 2 GiB in an envelope",
                bomb(BAD_REQUEST, device.request(HUGE_SEQUENCE).build()));
        List<ASN1Encodable> transactions = IntStream.range(0, MANY)
                .mapToObj(i -> (ASN1Encodable) new DERPrintableString("" + i))
                .toList();
        all.put(
                "an attribute of 10,000 values that is signed",
                bomb(
                        MALFORMED,
                        device.request(unknown())
                                .attribute(
                                        new ASN1ObjectIdentifier("1.2.3"), transactions.toArray(ASN1Encodable[]::new))
                                .build()));
        MessageBuilder carrying = device.request(unknown());
        X509CertificateHolder one = device.signer().certificate();
        IntStream.range(0, 200).forEach(i -> carrying.certificate(one));
        all.put("200 certificates", bomb(BAD_REQUEST, carrying.build()));
    }

    private void names(Map<String, Bomb> all) {
        X500Name manyNames = new X500Name(IntStream.range(0, MANY)
                .mapToObj(i -> new RDN(BCStyle.OU, new DERUTF8String("" + i)))
                .toArray(RDN[]::new));
        all.put("a name of 200,000 characters", bomb(BAD_REQUEST, around(csr().subject(named(LONG)))));
        all.put("a name of 10,000 parts", bomb(BAD_REQUEST, around(csr().subject(manyNames))));
        SubjectPublicKeyInfo own =
                SubjectPublicKeyInfo.getInstance(device.keys().getPublic().getEncoded());
        // The name stands in the message three times.
        all.put(
                "a signer with a name of 60,000 characters",
                bomb(BAD_REQUEST, signedUnder(certificate(own, named(60_000)), unknown())));
        String[] hosts = IntStream.range(0, MANY).mapToObj(i -> "h" + i + ".a").toArray(String[]::new);
        all.put("10,000 alternative names", bomb(BAD_REQUEST, around(csr().dns(hosts))));
        all.put("a challenge of 200,000 characters", bomb(BAD_REQUEST, around(device.csr(subject, "c".repeat(LONG)))));
        List<Attribute> attributes = new ArrayList<>();
        IntStream.range(0, MANY)
                .forEach(i -> attributes.add(new Attribute(
                        new ASN1ObjectIdentifier("1.2." + i), new DERSet(new DEROctetString(new byte[0])))));
        TestCsr crowded = unknown();
        attributes.forEach(crowded::attribute);
        all.put("a CSR of 10,000 attributes", bomb(BAD_REQUEST, around(crowded)));
    }

    private Bomb bomb(String answer, byte[] message) {
        return new Bomb(
                answer,
                device.endpoint()
                        .request("operation=PKIOperation")
                        .POST(BodyPublishers.ofByteArray(message))
                        .build());
    }

    private static X500Name named(int length) {
        return new X500Name(new RDN[] {new RDN(BCStyle.CN, new DERUTF8String("x".repeat(length)))});
    }

    private TestCsr csr() {
        return device.csr(subject, challenge);
    }

    /** For what may be in order: it is the price that counts. */
    private TestCsr unknown() {
        return device.csr(subject, "not-" + challenge);
    }

    private TestCsr csrFor(KeyPair keys) {
        return TestCsr.of(keys).subject(subject).challenge(challenge);
    }

    private byte[] around(TestCsr csr) {
        return device.request(csr).build();
    }

    private byte[] bare(byte[] content) {
        return MessageBuilder.pkcsReq(content).signedBy(device.signer()).build();
    }

    private byte[] signedUnder(X509CertificateHolder certificate, TestCsr csr) {
        return MessageBuilder.pkcsReq(device.envelope(csr.encoded()).build())
                .signedBy(new TestSigner(device.keys(), certificate))
                .build();
    }

    private X509CertificateHolder certificate(SubjectPublicKeyInfo key, X500Name name) {
        X509CertificateHolder model = device.signer().certificate();
        try {
            return new X509v3CertificateBuilder(
                            name, BigInteger.ONE, model.getNotBefore(), model.getNotAfter(), name, key)
                    .build(new JcaContentSignerBuilder("SHA256withRSA")
                            .build(device.keys().getPrivate()));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SubjectPublicKeyInfo key(BigInteger modulus, BigInteger exponent) {
        try {
            return new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    new org.bouncycastle.asn1.pkcs.RSAPublicKey(modulus, exponent));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
