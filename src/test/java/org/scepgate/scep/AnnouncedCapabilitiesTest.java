package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnouncedCapabilitiesTest {
    @Test
    void readsKeywordsInEitherLineEnd() {
        AnnouncedCapabilities read = read("AES\r\nRenewal\n\n SHA-512 \n");

        assertThat(read.keywords()).containsExactly("AES", "Renewal", "SHA-512");
        assertThat(read.has("Renewal")).isTrue();
        assertThat(read.has("renewal")).isFalse();
    }

    @Test
    void standardStandsForItsThree() {
        AnnouncedCapabilities read = read("SCEPStandard");

        assertThat(read.has("AES")).isTrue();
        assertThat(read.has("POSTPKIOperation")).isTrue();
        assertThat(read.has("SHA-256")).isTrue();
        assertThat(read.has("Renewal")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "SCEPStandard,                  SHA_256, AES_128",
        "AES DES3 SHA-1 SHA-256,        SHA_256, AES_128",
        "AES SHA-512,                   SHA_512, AES_128",
        "DES3 SHA-1,                    SHA_1,   DES3",
        "DES3 SHA-256,                  SHA_256, DES3",
        "DES3 SHA-1 SHA-512,            SHA_512, DES3",
        "Renewal,                       SHA_256, AES_128",
    })
    void choosesWhatIsSafeAndTaken(String keywords, DigestAlgorithm digest, ContentCipher cipher) {
        RequestAlgorithms chosen = read(keywords.replace(' ', '\n')).algorithms();

        assertThat(chosen).isEqualTo(new RequestAlgorithms(digest, cipher, KeyTransport.PKCS1));
    }

    @Test
    void readsNoEndlessList() {
        assertThat(read("A\n".repeat(10_000)).keywords()).hasSize(100);
    }

    private static AnnouncedCapabilities read(String text) {
        return AnnouncedCapabilities.read(text.getBytes(StandardCharsets.US_ASCII));
    }
}
