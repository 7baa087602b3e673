package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.bouncycastle.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not found by it, other tests take for not there. */
class ByteSearchTest {
    private static final String SECRET = "a secret~of?some words>";

    private final ByteSearch search = ByteSearch.of(Map.of("secret", SECRET, "another", "which is not there"));

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "xy", "xyz"})
    void findsATextInBase64AndHexWhereverItBegins(String before) {
        byte[] around = (before + SECRET + " and more").getBytes(StandardCharsets.UTF_8);

        assertThat(search.in("in: " + Base64.getEncoder().encodeToString(around)))
                .containsOnlyKeys("secret");
        assertThat(search.in("in: " + Base64.getUrlEncoder().encodeToString(around)))
                .containsOnlyKeys("secret");
        assertThat(search.in("in: " + HexFormat.of().formatHex(around))).containsOnlyKeys("secret");
        assertThat(search.in("in: " + HexFormat.of().withUpperCase().formatHex(around)))
                .containsOnlyKeys("secret");
    }

    @Test
    void findsATextInEachEncodingOfAFileAndNothingElse(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("bytes");

        assertThat(search.in(Files.write(file, ("x" + SECRET).getBytes(StandardCharsets.UTF_16LE))))
                .containsOnlyKeys("secret");
        assertThat(search.in(Files.write(file, ("x" + SECRET).getBytes(StandardCharsets.UTF_16BE))))
                .containsOnlyKeys("secret");
        assertThat(search.in(Files.writeString(file, SECRET + SECRET))).containsExactly(Map.entry("secret", 2));
        assertThat(search.in(Files.writeString(file, SECRET.substring(1)))).isEmpty();
        assertThat(search.in(Files.writeString(file, SECRET.substring(0, SECRET.length() - 1))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void findsTheNumbersOfAKeyInWhatIsMadeOfIt(String algorithm, @TempDir Path folder) throws IOException {
        KeyPair keys = algorithm.equals("RSA") ? TestKeys.rsa() : TestKeys.ec("secp256r1");
        Map<String, BigInteger> numbers = PrivateNumbers.of("key", keys.getPrivate());
        byte[] encoded = keys.getPrivate().getEncoded();
        Path file = folder.resolve("bytes");
        String[] all = numbers.keySet().toArray(String[]::new);
        ByteSearch ofKey = ByteSearch.of(Map.of()).and(numbers);

        assertThat(ofKey.in(Files.write(file, encoded))).containsOnlyKeys(all);
        assertThat(ofKey.in(Files.write(file, Arrays.reverse(encoded)))).containsOnlyKeys(all);
        assertThat(ofKey.in(Base64.getEncoder().encodeToString(encoded))).containsOnlyKeys(all);
        assertThat(ofKey.in(HexFormat.of().formatHex(encoded))).containsOnlyKeys(all);
        assertThat(ofKey.in(numbers.values().toString())).containsOnlyKeys(all);
        assertThat(ofKey.in(Files.write(file, keys.getPublic().getEncoded()))).isEmpty();
    }
}
