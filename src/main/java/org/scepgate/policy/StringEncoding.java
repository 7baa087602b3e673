package org.scepgate.policy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1UniversalString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;

/**
 * The ASN.1 string type a name attribute is written in.
 *
 * <p>UTF8String unless the attribute's syntax prescribes another: RFC 5280 section 4.1.2.4 leaves PrintableString and
 * UTF8String to choose from, and one of them for every value means that a name's bytes do not depend on its letters.
 */
enum StringEncoding {
    UTF8,
    PRINTABLE,
    COUNTRY,
    IA5,
    /** PKCS#9's unstructuredName (RFC 2985 section 5.4.1): IA5String where it can be. */
    IA5_OR_UTF8;

    private static final Charset UTF_32 = Charset.forName("UTF-32BE");

    /** What keeps the text from being encoded, or empty. */
    Optional<String> objection(String text) {
        return switch (this) {
            case UTF8, IA5_OR_UTF8 -> Optional.empty();
            case PRINTABLE -> unless(DERPrintableString.isPrintableString(text), "must be a PrintableString");
            case COUNTRY -> unless(isCountry(text), "must be a country code of two letters");
            case IA5 -> unless(Texts.isAscii(text), "must be ASCII");
        };
    }

    ASN1Primitive encode(String text) {
        return switch (this) {
            case UTF8 -> new DERUTF8String(text);
            case PRINTABLE, COUNTRY -> new DERPrintableString(text);
            case IA5 -> new DERIA5String(text);
            case IA5_OR_UTF8 -> Texts.isAscii(text) ? new DERIA5String(text) : new DERUTF8String(text);
        };
    }

    /** The text of any ASN.1 string type; empty for other types and for bytes that are no text. */
    static Optional<String> decode(ASN1Primitive value) {
        if (!(value instanceof ASN1String string) || value instanceof ASN1BitString) {
            return Optional.empty();
        }
        try {
            return Optional.of(text(string)).filter(Texts::isSound);
        } catch (IllegalArgumentException | CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    private static String text(ASN1String string) throws CharacterCodingException {
        // Bouncy Castle renders a UniversalString as hex.
        return string instanceof ASN1UniversalString universal
                ? UTF_32.newDecoder()
                        .decode(ByteBuffer.wrap(universal.getOctets()))
                        .toString()
                : string.getString();
    }

    private static boolean isCountry(String text) {
        return text.length() == 2 && text.chars().allMatch(c -> (c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    }

    private static Optional<String> unless(boolean holds, String objection) {
        return holds ? Optional.empty() : Optional.of(objection);
    }
}
