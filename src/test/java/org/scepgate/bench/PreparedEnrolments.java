package org.scepgate.bench;

import java.math.BigInteger;
import java.security.KeyPair;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;

/** Requests of many devices, each with a challenge of its own; the devices share a few RSA keys to save time. */
final class PreparedEnrolments {
    private static final int KEYS = 16;

    private final List<TestDevice> devices;
    private final List<byte[]> messages;

    private PreparedEnrolments(List<TestDevice> devices, List<byte[]> messages) {
        this.devices = devices;
        this.messages = messages;
    }

    static PreparedEnrolments make(Scepgate scepgate, int count) {
        TestDevice first = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        List<TestDevice> devices =
                TestKeys.manyRsa(KEYS).stream().map(first::another).toList();
        TestMdm mdm = scepgate.mdm();
        List<byte[]> messages = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> message(mdm, devices.get(i % KEYS), "device-" + i))
                .toList();
        return new PreparedEnrolments(devices, messages);
    }

    private static byte[] message(TestMdm mdm, TestDevice device, String name) {
        String subject = "CN=" + name + ",O=Acme";
        String host = name + ".acme.example";
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, subject, host);
        return device.request(device.csr(subject, challenge.secret()).dns(host)).build();
    }

    List<byte[]> messages() {
        return messages;
    }

    /** Opens every answer: SUCCESS, the key and name that were asked for, no serial number twice. */
    void check(byte[][] answers) {
        check(answers, IntStream.range(0, answers.length));
    }

    /** Likewise, of a run in which not every message was served. */
    void checkThoseThereAre(byte[][] answers) {
        check(answers, IntStream.range(0, answers.length).filter(i -> answers[i] != null));
    }

    private void check(byte[][] answers, IntStream indexes) {
        Set<BigInteger> serials = new HashSet<>();
        indexes.parallel().mapToObj(i -> issued(i, answers[i])).forEachOrdered(certificate -> {
            if (!serials.add(certificate.getSerialNumber())) {
                throw new IllegalStateException("a serial number twice: " + certificate.getSerialNumber());
            }
        });
    }

    private X509CertificateHolder issued(int i, byte[] answer) {
        TestDevice device = devices.get(i % KEYS);
        CertRep certRep = device.read(answer);
        X509CertificateHolder certificate = certRep.issued(device.signer());
        if (!certificate.getSubject().toString().contains("CN=device-" + i + ",")
                || !holds(certificate, device.keys())) {
            throw new IllegalStateException("another device's certificate: " + certificate.getSubject());
        }
        return certificate;
    }

    private static boolean holds(X509CertificateHolder certificate, KeyPair keys) {
        return certificate
                .getSubjectPublicKeyInfo()
                .equals(SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
    }
}
