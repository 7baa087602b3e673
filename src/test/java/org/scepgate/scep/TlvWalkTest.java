package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlvWalkTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0500",
                "3000",
                "30800000",
                "30800500 30800000 0000",
                "3004 3080 0000",
                "2480 0401aa 0401bb 0000",
                "30820003 020101",
                "a080 3000 0000"
            })
    void passesBer(String hex) {
        assertThatCode(() -> TlvWalk.check(bytes(hex), EncodingRules.BER)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "3001",
                "300100",
                "3080",
                "308000",
                "30800001",
                "0000",
                "300000",
                "30020000",
                "3003 0402 aa",
                "3003 3080 0000",
                "0480 0000",
                "1f8101 00",
                "0484 7fffffff",
                "0484 ffffffff",
                "0485 0000000001 aa",
                "04ff aa",
                "3084 80000000 00"
            })
    void refusesWhatIsNoBer(String hex) {
        assertThatThrownBy(() -> TlvWalk.check(bytes(hex), EncodingRules.BER)).isInstanceOf(UnreadableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"30800000", "2403 0401aa", "048101 aa", "30820003 020101", "0483000080", "a0800000"})
    void refusesBerWhereDerIsDue(String hex) {
        assertThatThrownBy(() -> TlvWalk.check(bytes(hex), EncodingRules.DER)).isInstanceOf(UnreadableException.class);
    }

    @Test
    void boundsDepthAndNumberOfElements() {
        byte[] deepest = nested(EncodingRules.BER.maxDepth());
        byte[] tooDeep = nested(EncodingRules.BER.maxDepth() + 1);
        byte[] tooMany = Der.encode(Der.SEQUENCE, new byte[2 * EncodingRules.BER.maxElements()]);
        for (int i = 0; i < EncodingRules.BER.maxElements(); i++) {
            tooMany[tooMany.length - 2 * i - 2] = 0x05;
        }

        assertThatCode(() -> TlvWalk.check(deepest, EncodingRules.BER)).doesNotThrowAnyException();
        assertThatThrownBy(() -> TlvWalk.check(tooDeep, EncodingRules.BER)).hasMessage("nested too deep");
        assertThatThrownBy(() -> TlvWalk.check(tooMany, EncodingRules.BER)).hasMessage("too many elements");
    }

    @Test
    void cutsOutTheFirstElementInside() throws UnreadableException {
        byte[] inside = TlvWalk.firstInside(bytes("3008 3003 020105 0401aa"));

        assertThat(HexFormat.of().formatHex(inside)).isEqualTo("3003020105");
    }

    private static byte[] nested(int levels) {
        byte[] encoded = new byte[0];
        for (int i = 0; i < levels; i++) {
            encoded = Der.encode(Der.SEQUENCE, encoded);
        }
        return encoded;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
