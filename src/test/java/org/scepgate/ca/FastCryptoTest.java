package org.scepgate.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.TestCa;

/** Keys in the fast provider, or in the JDK's on a machine that the fast one is not made for. */
class FastCryptoTest {
    private static final Instant NOW = Instant.now();

    @TempDir
    static Path folder;

    private static TestCa rsa;
    private static TestCa elliptic;
    private static FastCrypto fast;

    @BeforeAll
    static void makeKeys() {
        rsa = TestCa.in(folder.resolve("rsa"), "Acme CA");
        elliptic = TestCa.elliptic(folder.resolve("elliptic"), "Acme EC CA");
        fast = FastCrypto.load();
    }

    private static KeyEntry load(Path file) throws UnusableKeyException {
        return SoftwareKeys.load(file, TestCa.PASSWORD.toCharArray());
    }

    @Test
    void isThereOnTheMachinesThatItIsMadeFor() throws UnusableKeyException {
        boolean made = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").matches("amd64|aarch64");

        assertThat(fast.of(load(rsa.caKeystore())).key().toString().contains("AmazonCorretto"))
                .isEqualTo(made);
        assertThat(FastCrypto.none().of(load(rsa.caKeystore())).key().toString())
                .contains("Sun");
    }

    @Test
    void signsWhatTheJdkVerifies() throws UnusableKeyException {
        assertThat(KeyCheck.problemOfAuthority(fast.of(load(rsa.caKeystore())), NOW))
                .isEmpty();
        assertThat(KeyCheck.problemOfAuthority(fast.of(load(elliptic.caKeystore())), NOW))
                .isEmpty();
    }

    @Test
    void decryptsToTheSameBlocks() throws UnusableKeyException {
        KeyEntry slow = load(rsa.raKeystore());
        for (int i = 1; i < 9; i++) {
            byte[] block = new byte[256];
            Arrays.fill(block, 1, 256, (byte) (i * 31));

            byte[] expected = slow.key().decrypt(block);
            byte[] actual = fast.of(slow).key().decrypt(block);

            assertThat(new BigInteger(1, actual)).isEqualTo(new BigInteger(1, expected));
        }
    }

    @Test
    void tellsNoKey() throws UnusableKeyException {
        assertThat(fast.of(load(rsa.raKeystore())).key().toString()).matches("SoftwareKey\\[RSA, \\w+]");
    }
}
