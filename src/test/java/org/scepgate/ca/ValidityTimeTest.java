package org.scepgate.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x509.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidityTimeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2026-11-29T09:08:07Z",
                "2049-12-31T23:59:59Z",
                "2050-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z"
            })
    void isWhatBouncyCastleWouldWrite(String text) throws IOException {
        Instant instant = Instant.parse(text);

        Time time = ValidityTime.of(instant);

        assertThat(time.toASN1Primitive().getEncoded())
                .isEqualTo(new Time(Date.from(instant)).toASN1Primitive().getEncoded());
        assertThat(time.getDate().toInstant()).isEqualTo(instant);
        assertThat(ValidityTime.instantOf(time)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5001010000Z", "500101000000Z", "490101000000+0130", "500101000000-0800"})
    void readsUtcTimesAsBouncyCastleDoes(String text) {
        Time time = new Time(new DERUTCTime(text));

        assertThat(ValidityTime.instantOf(time)).isEqualTo(time.getDate().toInstant());
    }

    @ParameterizedTest
    @ValueSource(strings = {"20260101000000Z", "20260101000000.5Z", "20260101000000+0100", "19490101000000Z"})
    void readsGeneralizedTimesAsBouncyCastleDoes(String text) {
        Time time = Time.getInstance(new DERGeneralizedTime(text));

        assertThat(ValidityTime.instantOf(time)).isEqualTo(time.getDate().toInstant());
    }

    @Test
    void cutsFractionsOff() throws IOException {
        assertThat(ValidityTime.of(Instant.parse("2026-11-29T09:08:07.999Z")).getTime())
                .isEqualTo("20261129090807GMT+00:00");
    }
}
