package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A device with a key pair that enrols over SCEP: honest by default, and a source of parts for requests that are not.
 *
 * <pre>{@code
 * TestDevice device = TestDevice.withRsaKey(endpoint);
 * CertRep answer = device.send(device.request(device.csr("CN=device-42", challenge)));
 * X509CertificateHolder certificate = answer.issued(device.signer());
 * }</pre>
 */
public final class TestDevice {
    private final ScepEndpoint endpoint;
    private final CaCertificates authority;
    private final KeyPair keys;
    private final TestSigner signer;

    private TestDevice(ScepEndpoint endpoint, CaCertificates authority, TestSigner signer) {
        this.endpoint = endpoint;
        this.authority = authority;
        this.signer = signer;
        this.keys = signer.keys();
    }

    public static TestDevice withRsaKey(ScepEndpoint endpoint) {
        return withKey(endpoint, TestKeys.rsa());
    }

    public static TestDevice withKey(ScepEndpoint endpoint, KeyPair keys) {
        return withSigner(endpoint, TestSigner.of(keys).build());
    }

    public static TestDevice withSigner(ScepEndpoint endpoint, TestSigner signer) {
        return new TestDevice(endpoint, endpoint.caCertificates(), signer);
    }

    /** The same device before another URL, whose CA may be another. */
    public TestDevice at(ScepEndpoint other) {
        return withSigner(other, signer);
    }

    /** Another device before the same CA. */
    public TestDevice another(KeyPair otherKeys) {
        return new TestDevice(endpoint, authority, TestSigner.of(otherKeys).build());
    }

    /** The same device, which signs with its key under this certificate from now on. */
    public TestDevice holding(X509CertificateHolder certificate) {
        return new TestDevice(endpoint, authority, new TestSigner(keys, certificate));
    }

    public TestSigner signer() {
        return signer;
    }

    public KeyPair keys() {
        return keys;
    }

    public ScepEndpoint endpoint() {
        return endpoint;
    }

    public CaCertificates authority() {
        return authority;
    }

    /** The certificate requests are encrypted to and answers are signed by. */
    public X509CertificateHolder recipient() {
        return authority.recipient();
    }

    /** A request for the device's key under this name, to which more can be added. */
    public TestCsr csr(String subject, String challenge) {
        return TestCsr.of(keys).subject(subject).challenge(challenge);
    }

    /** Likewise without a challenge. */
    public TestCsr csr(String subject) {
        return TestCsr.of(keys).subject(subject);
    }

    /** The envelope a proper request has around these bytes. */
    public EnvelopeBuilder envelope(byte[] content) {
        return EnvelopeBuilder.of(content).to(recipient());
    }

    /** A proper PKCSReq: AES-128, RSA PKCS#1, SHA-256, signed by the device's own key. */
    public MessageBuilder request(TestCsr csr) {
        return request(csr.encoded());
    }

    /** A RenewalReq (RFC 8894, 3.2.1.2): as a PKCSReq, but it says so. */
    public MessageBuilder renewal(TestCsr csr) {
        return request(csr).messageType("17");
    }

    /** A PKCSReq around any bytes in place of a CSR. */
    public MessageBuilder request(byte[] content) {
        return request(envelope(content));
    }

    public MessageBuilder request(EnvelopeBuilder envelope) {
        return MessageBuilder.pkcsReq(envelope.build()).signedBy(signer);
    }

    /** A CertPoll for what was asked in a transaction before; the names in it are of no account. */
    public MessageBuilder poll(MessageBuilder asked) {
        try {
            ASN1Sequence names = Encoding.DER.sequence(recipient().getIssuer(), new X500Name("CN=whoever"));
            return request(names.getEncoded()).messageType("20").transactionId(asked.transactionId());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Posts the message and reads the CertRep, which must belong to it. */
    public CertRep send(MessageBuilder message) {
        CertRep answer = read(endpoint.post(message.build()));
        assertThat(answer.transactionId()).isEqualTo(message.transactionId());
        assertThat(answer.recipientNonce()).isEqualTo(message.senderNonce());
        assertThat(answer.senderNonce()).isNotEqualTo(message.senderNonce());
        return answer;
    }

    /** Reads an HTTP answer that must be a CertRep in good form. */
    public CertRep read(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as("HTTP status").isEqualTo(200);
        // certmonger, Apple and Fleet compare the whole header.
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-pki-message");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Length")).contains("" + answer.body().length);
        return read(answer.body());
    }

    public CertRep read(byte[] answer) {
        return CertRep.read(answer, recipient());
    }

    /** Enrols under this name and returns the certificate. */
    public X509CertificateHolder enrol(TestCsr csr) {
        return send(request(csr)).issued(signer);
    }
}
