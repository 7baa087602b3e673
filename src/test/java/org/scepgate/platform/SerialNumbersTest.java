package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialNumbersTest {
    @ParameterizedTest
    @CsvSource({"0, 00", "1, 01", "127, 7f", "128, 80", "255, ff", "256, 0100", "65535, ffff", "-1, -01", "-255, -ff"})
    void areWholeOctets(BigInteger serial, String hex) {
        assertThat(SerialNumbers.hex(serial)).isEqualTo(hex);
    }
}
