package org.scepgate.bench;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestSigner;

/** Requests of many devices, each with a challenge of its own; the devices share a few RSA keys to save time. */
final class PreparedEnrolments {
    private static final int KEYS = 16;
    private static final int BATCH = 500;

    private final List<Enrolment> enrolments;
    private final BiFunction<TestDevice, byte[], X509CertificateHolder> reader;

    private PreparedEnrolments(
            List<Enrolment> enrolments, BiFunction<TestDevice, byte[], X509CertificateHolder> reader) {
        this.enrolments = enrolments;
        this.reader = reader;
    }

    private record Enrolment(TestDevice device, byte[] message) {}

    /** Each with a one-time challenge that is bound to its names. */
    static PreparedEnrolments make(Scepgate scepgate, int count) {
        TestMdm mdm = scepgate.mdm();
        return make(
                scepgate.endpoint(Scepgate.DEMO),
                (from, to) -> mdm.challenges(IntStream.range(from, to)
                        .mapToObj(i -> TestMdm.wish(Scepgate.DEMO, subject(i), host(i)))
                        .toList()),
                (device, answer) -> device.read(answer).issued(device.signer()),
                count);
    }

    /** For another program, which has one challenge for all. */
    static PreparedEnrolments make(ScepEndpoint endpoint, String challenge, int count) {
        return make(endpoint, (from, to) -> Collections.nCopies(to - from, challenge), AnyCertRep::issued, count);
    }

    /** Challenges come in batches, and the devices' signatures are made in a fast provider: the clock does not run. */
    private static PreparedEnrolments make(
            ScepEndpoint endpoint,
            Challenges challenges,
            BiFunction<TestDevice, byte[], X509CertificateHolder> reader,
            int count) {
        TestDevice model = TestDevice.withRsaKey(endpoint);
        List<TestDevice> keyHolders =
                TestKeys.manyRsa(KEYS).stream().map(model::another).toList();
        List<Enrolment> enrolments = IntStream.iterate(0, first -> first < count, first -> first + BATCH)
                .parallel()
                .boxed()
                .flatMap(first -> batch(keyHolders, challenges, first, Math.min(count, first + BATCH)))
                .toList();
        return new PreparedEnrolments(enrolments, reader);
    }

    /** The challenges of the devices with these numbers. */
    private interface Challenges {
        List<String> of(int from, int to);
    }

    private static Stream<Enrolment> batch(List<TestDevice> keyHolders, Challenges challenges, int from, int to) {
        List<String> secrets = challenges.of(from, to);
        return IntStream.range(from, to).mapToObj(i -> enrolment(keyHolders.get(i % KEYS), i, secrets.get(i - from)));
    }

    /** Signed under the name that is asked for (RFC 8894 section 2.3), on which some servers insist. */
    private static Enrolment enrolment(TestDevice keyHolder, int i, String secret) {
        TestDevice device = keyHolder.holding(
                TestSigner.selfSigned(keyHolder.keys(), subject(i)).certificate());
        return new Enrolment(
                device,
                device.request(device.csr(subject(i), secret).dns(host(i))).build());
    }

    private static String subject(int i) {
        return "CN=device-" + i + ",O=Acme";
    }

    private static String host(int i) {
        return "device-" + i + ".acme.example";
    }

    List<byte[]> messages() {
        return enrolments.stream().map(Enrolment::message).toList();
    }

    /**
     * Opens every answer: SUCCESS, the key and names that were asked for, no serial number twice.
     *
     * @param serials those that there were before; the new ones are added
     */
    void check(byte[][] answers, Set<BigInteger> serials) {
        check(answers, serials, IntStream.range(0, answers.length));
    }

    /** Likewise, of a run in which not every message was served. */
    void checkThoseThereAre(byte[][] answers, Set<BigInteger> serials) {
        check(answers, serials, IntStream.range(0, answers.length).filter(i -> answers[i] != null));
    }

    private void check(byte[][] answers, Set<BigInteger> serials, IntStream indexes) {
        indexes.parallel().mapToObj(i -> issued(i, answers[i])).forEachOrdered(certificate -> {
            if (!serials.add(certificate.getSerialNumber())) {
                throw new IllegalStateException("a serial number twice: " + certificate.getSerialNumber());
            }
        });
    }

    private X509CertificateHolder issued(int i, byte[] answer) {
        TestDevice device = enrolments.get(i).device();
        X509CertificateHolder certificate = reader.apply(device, answer);
        // Some write a name the other way round, which this equals does not mind.
        if (!certificate.getSubject().equals(new X500Name(subject(i)))
                || !hosts(certificate).equals(List.of(host(i)))
                || !certificate
                        .getSubjectPublicKeyInfo()
                        .equals(device.signer().certificate().getSubjectPublicKeyInfo())) {
            throw new IllegalStateException("another device's certificate: " + certificate.getSubject());
        }
        return certificate;
    }

    private static List<String> hosts(X509CertificateHolder certificate) {
        GeneralNames names = GeneralNames.fromExtensions(certificate.getExtensions(), Extension.subjectAlternativeName);
        return Stream.of(names.getNames())
                .filter(name -> name.getTagNo() == GeneralName.dNSName)
                .map(name -> name.getName().toString())
                .toList();
    }
}
