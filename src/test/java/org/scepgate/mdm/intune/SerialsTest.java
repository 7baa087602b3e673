package org.scepgate.mdm.intune;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SerialsTest {

    @ParameterizedTest
    @CsvSource({
        "0A1B2C, 0a1b2c",
        "a1b2c, 0a1b2c",
        "0x0a1b2c, 0a1b2c",
        "0A:1B:2C, 0a1b2c",
        "0A 1B 2C, 0a1b2c",
        "000A1B2C, 0a1b2c",
        "12, 12",
        // 2^159, which no 20 octets of hex are written as
        "730750818665451459101842416358141509827966271488, 8000000000000000000000000000000000000000"
    })
    void readsWhatComesBack(String text, String serial) {
        assertThat(Serials.parse(text)).contains(serial);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "+1",
                "xyz",
                "99999999999999999999999999999999999999999999999999",
                "ffffffffffffffffffffffffffffffffffffffffff"
            })
    void readsNothingThatIsNoSerialNumber(String text) {
        assertThat(Serials.parse(text)).isEmpty();
    }

    @Test
    void readsWhatItWrote() {
        BigInteger serial = new BigInteger("0fedcba9876543210fedcba9876543210fedcba9", 16);

        assertThat(Serials.text(serial)).isEqualTo("0FEDCBA9876543210FEDCBA9876543210FEDCBA9");
        assertThat(Serials.parse(Serials.text(serial))).contains("0fedcba9876543210fedcba9876543210fedcba9");
    }
}
