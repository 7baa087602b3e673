package org.scepgate.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SerialTest {

    @ParameterizedTest
    @CsvSource({"4f0c, 4f0c", "4F:0C, 4f0c", "f0c, 0f0c", "00004f0c, 4f0c", "0, 00", "000, 00"})
    void readsHexAsPeopleWriteIt(String text, String serial) {
        assertThat(Serial.parse(text)).contains(serial);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "xyz", "0x1f", "-1", "11112222333344445555666677778888999900001"})
    void readsNothingElse(String text) {
        assertThat(Serial.parse(text)).isEmpty();
    }
}
