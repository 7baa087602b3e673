package org.scepgate.ca;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A moment as certificates and CRLs hold it (RFC 5280 sections 4.1.2.5 and 5.1.2.4): from 1950 through 2049 a UTCTime, then a
 * GeneralizedTime; fractions of a second are cut off.
 *
 * <p>Made of its DER, and read from its digits: Bouncy Castle makes a format anew for each.
 */
public final class ValidityTime {
    private static final String IN_UTC = "GMT+00:00";
    private static final int DIGITS = 14;
    private static final int LAST_YEAR_OF_UTC_TIME = 2049;
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT);
    private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT);

    private ValidityTime() {}

    /** The {@code notBefore} of a certificate. */
    public static Instant startOf(X509CertificateHolder certificate) {
        return instantOf(certificate.toASN1Structure().getStartDate());
    }

    /** The {@code notAfter} of a certificate. */
    public static Instant endOf(X509CertificateHolder certificate) {
        return instantOf(certificate.toASN1Structure().getEndDate());
    }

    static Instant instantOf(Time time) {
        // As yyyyMMddHHmmssGMT+00:00, unless it is none of RFC 5280's.
        String text = time.getTime();
        if (!text.startsWith(IN_UTC, DIGITS)) {
            return time.getDate().toInstant();
        }
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 4, 6),
                        number(text, 6, 8),
                        number(text, 8, 10),
                        number(text, 10, 12),
                        number(text, 12, DIGITS))
                .toInstant(ZoneOffset.UTC);
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

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
