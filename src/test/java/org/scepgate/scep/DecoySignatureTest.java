package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.ca.FastCrypto;

class DecoySignatureTest {
    private static Stream<PublicKeyOperations> providers() {
        return Stream.concat(
                Stream.of(PublicKeyOperations.OF_JDK),
                FastCrypto.load().provider().map(PublicKeyOperations::in).stream());
    }

    /** What no provider took for a key, or for a signature of it, would be refused before it costs anything. */
    @ParameterizedTest
    @MethodSource("providers")
    void isATrueSignatureOfAnotherContent(PublicKeyOperations operations) {
        assertThat(DecoySignature.instance().isOf(operations, new byte[0])).isTrue();
        assertThat(DecoySignature.instance().isOf(operations, new byte[] {1})).isFalse();
    }
}
