package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.EnvelopeBuilder;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;

/**
 * Nobody learns from an answer how far the decryption of somebody else's request got.
 *
 * <p>The times are printed and not judged: a busy machine would fail the test. All should be alike.
 */
@ExtendWith(Scepgate.Extension.class)
class PaddingOracleIT {
    private static final String SUBJECT = "CN=oracle.acme.example";
    private static final int ROUNDS = 60;
    private static final int WARM_UP = 20;

    private final TestDevice device;
    private final TestMdm mdm;
    private final byte[] wrongProof = TestCsr.of(TestKeys.rsa())
            .subject(SUBJECT)
            .signedBy(TestKeys.rsa().getPrivate())
            .challenge("no-such-challenge-at-all")
            .encoded();

    PaddingOracleIT(Scepgate scepgate) {
        this.device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        this.mdm = scepgate.mdm();
    }

    @Test
    void answersAllFailuresInsideTheEnvelopeAlike() {
        Map<String, List<Long>> times = new LinkedHashMap<>();
        Map<String, String> answers = new LinkedHashMap<>();
        Map<String, Supplier<EnvelopeBuilder>> failures = failures();

        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            boolean counts = round >= WARM_UP;
            failures.forEach((name, envelope) -> {
                MessageBuilder message = device.request(envelope.get());
                byte[] bytes = message.build();
                long start = System.nanoTime();
                HttpResponse<byte[]> answer = device.endpoint().post(bytes);
                long time = System.nanoTime() - start;
                answers.put(name, told(answer, message));
                if (counts) {
                    times.computeIfAbsent(name, key -> new ArrayList<>()).add(time);
                }
            });
        }

        assertThat(answers.values().stream().distinct()).hasSize(1);
        System.out.println(times.entrySet().stream()
                .map(entry -> "%-28s median %6.2f ms".formatted(entry.getKey(), median(entry.getValue()) / 1e6))
                .collect(Collectors.joining("\n", "\nAnswers to failures inside the envelope\n", "\n")));
    }

    /** Whoever re-signs what it has captured chooses the messageType, and learns nothing under any. */
    @ParameterizedTest
    @ValueSource(strings = {"17", "19", "20"})
    void answersEnvelopesOfOthersAlikeWhateverTypeTheyAreSentAs(String type) {
        TestDevice attacker = device.another(TestKeys.rsa());
        Map<String, Supplier<EnvelopeBuilder>> captured = failures();
        captured.put("names, as a poll holds", () -> device.envelope(names()));
        captured.put("names, wrong CBC padding", () -> device.envelope(names()).wrongContentPadding());

        Map<String, String> answers = new LinkedHashMap<>();
        captured.forEach((name, envelope) -> {
            MessageBuilder message = attacker.request(envelope.get()).messageType(type);
            answers.put(name, told(attacker.endpoint().post(message.build()), message));
        });

        assertThat(answers.values().stream().distinct()).as("%s", answers).hasSize(1);
    }

    private byte[] names() {
        X500Name name = device.recipient().getIssuer();
        try {
            return new DERSequence(new ASN1Encodable[] {name, name}).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything in the answer but its nonce and signature: all that a device or an attacker is told. */
    private String told(HttpResponse<byte[]> answer, MessageBuilder message) {
        CertRep certRep = device.read(answer);
        assertThat(certRep.transactionId()).isEqualTo(message.transactionId());
        assertThat(certRep.isSuccess()).isFalse();
        String headers = answer.headers().map().entrySet().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase("date"))
                .map(Object::toString)
                .sorted()
                .collect(Collectors.joining());
        return answer.statusCode() + headers + certRep + certRep.digest();
    }

    private Map<String, Supplier<EnvelopeBuilder>> failures() {
        Map<String, Supplier<EnvelopeBuilder>> failures = new LinkedHashMap<>();
        byte[] unknown = device.csr(SUBJECT, "no-such-challenge-at-all").encoded();
        failures.put("wrong challenge", () -> device.envelope(unknown));
        failures.put("wrong RSA padding", () -> device.envelope(unknown).wrongKeyPadding());
        failures.put("wrong content key length", () -> device.envelope(unknown).wrongKeyLength());
        failures.put("wrong CBC padding", () -> device.envelope(unknown).wrongContentPadding());
        failures.put("wrong inner ASN.1", () -> device.envelope(garbage(unknown)));
        failures.put("another's CSR, wrong proof", () -> device.envelope(wrongProof));
        // Bound to another name, and never spent or locked by what is counted here.
        failures.put("challenge for another name", () -> device.envelope(mismatching()));
        return failures;
    }

    private byte[] mismatching() {
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, "CN=another.acme.example");
        return device.csr(SUBJECT, challenge.secret()).encoded();
    }

    private static byte[] garbage(byte[] like) {
        byte[] garbage = like.clone();
        garbage[0] ^= 0x15;
        return garbage;
    }

    private static double median(List<Long> values) {
        return values.stream()
                .mapToLong(Long::longValue)
                .sorted()
                .skip(values.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
