package org.scepgate.mdm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.platform.CallerId;
import org.scepgate.platform.IpNetwork;
import org.scepgate.platform.PasswordHash;

class SecretsTest {

    @Test
    void aHashKnowsItsSecretAndNoOther() {
        PasswordHash hash = PasswordHash.of("correct hörse battery", new SecureRandom());

        PasswordHash read = PasswordHash.parse(hash.text());

        assertThat(read.isOf("correct hörse battery")).isTrue();
        assertThat(read.isOf("correct horse battery")).isFalse();
        assertThat(hash.text()).doesNotContain("battery").startsWith("pbkdf2-sha256:600000:");
        assertThat(PasswordHash.of("correct hörse battery", new SecureRandom()).text())
                .isNotEqualTo(hash.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "pbkdf2-sha256:1:AAAA:AAAA", "pbkdf2-sha512:600000:a:b"})
    void refusesWhatIsNoHashWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordHash.parse(text))
                .withMessage("is no hash as the command hash-password prints it");
    }

    @Test
    void readsBasicCredentials() {
        String pair = Base64.getEncoder().encodeToString("jämf:a:b".getBytes(StandardCharsets.UTF_8));

        assertThat(BasicCredentials.of("basic " + pair)).contains(new BasicCredentials("jämf", "a:b"));
        assertThat(BasicCredentials.of("Bearer " + pair)).isEmpty();
        assertThat(BasicCredentials.of("Basic ???")).isEmpty();
        assertThat(BasicCredentials.of(null)).isEmpty();
        assertThat(BasicCredentials.of("Basic " + pair).orElseThrow().toString())
                .doesNotContain("a:b");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.0.0.0/8, ::ffff:10.1.1.1, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "2001:db8::/32, 2001:db8:1::9, true",
        "2001:db8::/32, 2001:db9::9, false",
        "0.0.0.0/0, 2001:db8::1, false",
        "0.0.0.0/0, nonsense, false"
    })
    void aNetworkHoldsItsAddresses(String network, String address, boolean holds) {
        assertThat(IpNetwork.parse(network).holds(address)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1/8", "10.0.0.0/33", "host", "10.0.0.0/x", "::/129", "[::1]", "fe80::%1/64"})
    void refusesWhatIsNoNetwork(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpNetwork.parse(text));
    }

    @Test
    void countsAddressesOfOneSubscriberTogether() {
        assertThat(IpNetwork.subscriberOf("2001:db8::1"))
                .isEqualTo(IpNetwork.subscriberOf("2001:db8::ffff:1"))
                .isNotEqualTo(IpNetwork.subscriberOf("2001:db8:0:1::1"));
        assertThat(IpNetwork.subscriberOf("192.0.2.1")).isNotEqualTo(IpNetwork.subscriberOf("192.0.2.2"));
    }

    @Test
    void noTokenHasTheIdOfAnAdapter() {
        String adapter = CallerId.ofAdapter("jamf", "wifi");

        assertThat(CallerId.of(CallerId.DEFAULT_ISSUER, adapter)).isEmpty();
        assertThat(CallerId.of("other", adapter)).get().isNotEqualTo(adapter);
        assertThat(CallerId.of(CallerId.DEFAULT_ISSUER, "mdm.example")).contains("mdm.example");
    }
}
