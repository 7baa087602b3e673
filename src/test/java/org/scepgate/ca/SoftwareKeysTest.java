package org.scepgate.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.TestCa;

class SoftwareKeysTest {
    private static final Instant NOW = Instant.now();

    @TempDir
    static Path folder;

    private static TestCa ca;
    private static TestCa stranger;

    @BeforeAll
    static void makeKeys() {
        ca = TestCa.in(folder.resolve("ca"), "Acme CA");
        stranger = TestCa.in(folder.resolve("stranger"), "Another CA");
    }

    @Test
    void readsTheKeyAndItsChain() throws UnusableKeyException {
        KeyEntry ra = load(ca.raKeystore());

        assertThat(ra.certificate()).isEqualTo(ca.raCertificate());
        assertThat(ra.chain()).isEqualTo(List.of(ca.certificate()));
    }

    @Test
    void neverPrintsTheKey() throws UnusableKeyException {
        assertThat(load(ca.raKeystore())).hasToString("KeyEntry[CN=Acme CA RA]");
    }

    @Test
    void refusesAWrongPasswordWithoutTellingIt() {
        assertThatExceptionOfType(UnusableKeyException.class)
                .isThrownBy(() -> SoftwareKeys.load(ca.caKeystore(), "guess".toCharArray()))
                .withMessageContaining("password")
                .withMessageNotContaining("guess");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatExceptionOfType(UnusableKeyException.class)
                .isThrownBy(() -> load(folder.resolve("nowhere.p12")))
                .withMessageContaining("does not exist");
    }

    @Test
    void refusesWhatIsNoKeyStore() throws Exception {
        Path text = Files.writeString(Files.createTempFile(folder, "text", ".p12"), "hello");

        assertThatExceptionOfType(UnusableKeyException.class)
                .isThrownBy(() -> load(text))
                .withMessageContaining("PKCS#12");
    }

    @Test
    void acceptsAPairOfCaAndRa() throws UnusableKeyException {
        KeyEntry authority = load(ca.caKeystore());

        assertThat(KeyCheck.problemOfAuthority(authority, NOW)).isEmpty();
        assertThat(KeyCheck.problemOfRegistrationAuthority(load(ca.raKeystore()), authority, NOW))
                .isEmpty();
    }

    @Test
    void acceptsAnOcspResponderOfItsCaOnly() throws UnusableKeyException {
        KeyEntry responder = load(ca.ocspKeystore());

        assertThat(KeyCheck.problemOfOcspResponder(responder, load(ca.caKeystore()), NOW))
                .isEmpty();
        assertThat(KeyCheck.problemOfOcspResponder(responder, load(stranger.caKeystore()), NOW))
                .hasValueSatisfying(text -> assertThat(text).contains("not issued by"));
        assertThat(KeyCheck.problemOfOcspResponder(load(ca.raKeystore()), load(ca.caKeystore()), NOW))
                .hasValueSatisfying(text -> assertThat(text).contains("OCSPSigning"));
    }

    @Test
    void findsAnRaThatAnotherCaIssued() throws UnusableKeyException {
        Optional<String> problem =
                KeyCheck.problemOfRegistrationAuthority(load(stranger.raKeystore()), load(ca.caKeystore()), NOW);

        assertThat(problem).hasValueSatisfying(text -> assertThat(text).contains("not issued by"));
    }

    @Test
    void findsACertificateThatIsNoCas() throws UnusableKeyException {
        assertThat(KeyCheck.problemOfAuthority(load(ca.raKeystore()), NOW))
                .hasValueSatisfying(text -> assertThat(text).contains("basicConstraints"));
    }

    @Test
    void findsACaThatIsOutOfDate() throws UnusableKeyException {
        assertThat(KeyCheck.problemOfAuthority(load(ca.caKeystore()), NOW.plus(Duration.ofDays(36_500))))
                .hasValueSatisfying(text -> assertThat(text).contains("not in date"));
    }

    @Test
    void findsAKeyThatIsNotTheCertificates() throws UnusableKeyException {
        KeyEntry ours = load(ca.caKeystore());
        KeyEntry theirs = load(stranger.caKeystore());
        KeyEntry mixed = new KeyEntry(ours.key(), theirs.certificate(), List.of());

        assertThat(KeyCheck.problemOfAuthority(mixed, NOW))
                .hasValueSatisfying(text -> assertThat(text).contains("does not match"));
    }

    private static KeyEntry load(Path file) throws UnusableKeyException {
        return SoftwareKeys.load(file, TestCa.PASSWORD.toCharArray());
    }
}
