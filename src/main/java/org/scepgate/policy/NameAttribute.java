package org.scepgate.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.util.encoders.Hex;

/**
 * One attribute of a name.
 *
 * @param text the value where its type is an ASN.1 string
 * @param key what is compared: equal keys are equal attributes in the sense of RFC 5280 section 7.1
 */
record NameAttribute(AttributeType type, ASN1Primitive value, Optional<String> text, String key) {

    static final int LONGEST_TEXT = 256;
    private static final int LONGEST_FOREIGN_VALUE = 4096;
    private static final String SPECIAL = "\"+,;<>\\";

    /** As an API caller wrote it; the fault, if any, is the caller's to place. */
    static NameAttribute written(AttributeType type, String text) throws InvalidNameException {
        if (StringPreparation.prepare(text).isEmpty()) {
            throw fault(type, "has an empty value");
        }
        if (text.length() > LONGEST_TEXT) {
            throw fault(type, "has more than " + LONGEST_TEXT + " characters");
        }
        if (!Texts.isSound(text)) {
            throw fault(type, "has a control or non-character in its value");
        }
        Optional<String> objection = type.encoding().objection(text);
        if (objection.isPresent()) {
            throw fault(type, objection.get());
        }
        return of(type, type.encoding().encode(text), Optional.of(text));
    }

    /** Of a string written as {@code #hex} only the text is taken: string types in certificates are ours to choose. */
    static NameAttribute written(AttributeType type, ASN1Primitive value) throws InvalidNameException {
        Optional<String> text = StringEncoding.decode(value);
        if (text.isPresent()) {
            return written(type, text.get());
        }
        // Such a value would be certified byte by byte: half characters, U+0000, a structure where text belongs.
        if (type.isText() || value instanceof ASN1String && !(value instanceof ASN1BitString)) {
            throw fault(type, "has a value that is no text");
        }
        return of(type, value, Optional.empty());
    }

    /** As it came in somebody's DER: kept as it is, and compared with ours if it can be. */
    static NameAttribute of(AttributeTypeAndValue attribute) throws InvalidNameException {
        ASN1Primitive value = attribute.getValue().toASN1Primitive();
        AttributeType type = AttributeType.of(attribute.getType());
        if (der(value).length > LONGEST_FOREIGN_VALUE) {
            throw fault(type, "has more than " + LONGEST_FOREIGN_VALUE + " bytes");
        }
        return of(type, value, StringEncoding.decode(value));
    }

    /** RFC 4514 section 2.3. */
    @Override
    public String toString() {
        return type.keyword() + "="
                + text.map(NameAttribute::escaped).orElseGet(() -> "#" + Hex.toHexString(der(value)));
    }

    private static NameAttribute of(AttributeType type, ASN1Primitive value, Optional<String> text) {
        String compared = text.map(StringPreparation::prepare)
                .map("="::concat)
                .orElseGet(() -> "#" + Hex.toHexString(der(value)));
        return new NameAttribute(type, value, text, type.oid().getId() + compared);
    }

    /** RFC 4514 section 2.4; beyond it, what cannot be seen is written as hex, which a parser reads back. */
    private static String escaped(String text) {
        if (needsNoEscape(text)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int codePoint = text.codePointAt(at);
            boolean outerSpace = codePoint == ' ' && (at == 0 || at == text.length() - 1);
            boolean special = SPECIAL.indexOf(codePoint) >= 0 || (codePoint == '#' && at == 0);
            escaped.append(special || outerSpace ? "\\" : "").append(visible(codePoint));
        }
        return escaped.toString();
    }

    private static boolean needsNoEscape(String text) {
        boolean plain = Texts.isAscii(text) && !text.startsWith("#") && !text.startsWith(" ") && !text.endsWith(" ");
        return plain && text.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
    }

    private static String visible(int codePoint) {
        String text = Character.toString(codePoint);
        return Texts.isVisible(codePoint)
                ? text
                : Hex.toHexString(text.getBytes(StandardCharsets.UTF_8)).replaceAll("..", "\\\\$0");
    }

    private static byte[] der(ASN1Primitive value) {
        try {
            return value.getEncoded("DER");
        } catch (IOException cannotHappen) {
            throw new IllegalStateException("a parsed value does not encode", cannotHappen);
        }
    }

    private static InvalidNameException fault(AttributeType type, String message) {
        return new InvalidNameException("", type.keyword() + " " + message);
    }
}
