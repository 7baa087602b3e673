package org.scepgate.scep;

import java.nio.charset.Charset;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1UniversalString;
import org.bouncycastle.asn1.x500.DirectoryString;

/** The text of a DirectoryString in any of its choices, or of an IA5String, which RFC 2985 does not foresee. */
final class DirectoryText {
    private static final Charset UTF_32 = Charset.forName("UTF-32BE");

    private DirectoryText() {}

    static String of(ASN1Encodable value) {
        if (value instanceof ASN1IA5String text) {
            return text.getString();
        }
        // Bouncy Castle's text of a UniversalString is a hex dump.
        if (value instanceof ASN1UniversalString text) {
            return new String(text.getOctets(), UTF_32);
        }
        return DirectoryString.getInstance(value).getString();
    }
}
