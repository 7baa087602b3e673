package org.scepgate.ca;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.x509.Time;

/**
 * A moment as certificates and CRLs hold it (RFC 5280 sections 4.1.2.5 and 5.1.2.4): from 1950 through 2049 a UTCTime, then a
 * GeneralizedTime; fractions of a second are cut off.
 *
 * <p>Made of its DER: Bouncy Castle makes a format anew for each, and reads what it has written.
 */
final class ValidityTime {
    private static final int LAST_YEAR_OF_UTC_TIME = 2049;
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT);
    private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT);

    private ValidityTime() {}

    static Time of(Instant instant) throws IOException {
        OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
        return time.getYear() <= LAST_YEAR_OF_UTC_TIME
                ? of(BERTags.UTC_TIME, SHORT.format(time))
                : of(BERTags.GENERALIZED_TIME, LONG.format(time));
    }

    private static Time of(int tag, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer der = ByteBuffer.allocate(2 + octets.length)
                .put((byte) tag)
                .put((byte) octets.length)
                .put(octets);
        return new Time(ASN1Primitive.fromByteArray(der.array()));
    }
}
