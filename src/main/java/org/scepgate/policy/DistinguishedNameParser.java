package org.scepgate.policy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.util.encoders.DecoderException;
import org.bouncycastle.util.encoders.Hex;

/**
 * Reads the text of a distinguished name: RFC 4514 section 3, and spaces around separators as RFC 2253 had them.
 *
 * <p>One pass, no backtracking. Semicolons and quotation marks, which RFC 2253 still accepted, are faults.
 */
final class DistinguishedNameParser {

    private static final int LONGEST_NAME = 4096;
    private static final int MOST_RDNS = 32;

    private final String text;
    private int at;

    private DistinguishedNameParser(String text) {
        this.text = text;
    }

    /** The RDNs in the order they are written. */
    static List<Rdn> parse(String text) throws InvalidNameException {
        if (text.length() > LONGEST_NAME) {
            throw new InvalidNameException("", "a name has at most " + LONGEST_NAME + " characters");
        }
        return parseStored(text);
    }

    /** Of any length: what we write of a name, escapes and long keywords included, outgrows what was read. */
    static List<Rdn> parseStored(String text) throws InvalidNameException {
        return text.isBlank() ? List.of() : new DistinguishedNameParser(text).rdns();
    }

    private List<Rdn> rdns() throws InvalidNameException {
        List<Rdn> rdns = new ArrayList<>();
        do {
            if (rdns.size() == MOST_RDNS) {
                throw fault(at, "a name has at most " + MOST_RDNS + " relative distinguished names");
            }
            rdns.add(rdn());
        } while (take(','));
        return rdns;
    }

    private Rdn rdn() throws InvalidNameException {
        int start = at;
        List<NameAttribute> attributes = new ArrayList<>();
        do {
            attributes.add(attribute());
        } while (take('+'));
        try {
            return Rdn.written(attributes);
        } catch (InvalidNameException unplaced) {
            throw fault(start, unplaced.getMessage());
        }
    }

    private NameAttribute attribute() throws InvalidNameException {
        skipSpaces();
        int start = at;
        AttributeType type = type();
        skipSpaces();
        try {
            return peek('#') ? NameAttribute.written(type, hexValue()) : NameAttribute.written(type, stringValue());
        } catch (InvalidNameException fault) {
            throw fault.place().isEmpty() ? fault(start, fault.getMessage()) : fault;
        }
    }

    private AttributeType type() throws InvalidNameException {
        int start = at;
        while (at < text.length() && isTypeCharacter(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        skipSpaces();
        if (name.isEmpty()) {
            throw fault(start, "an attribute type such as CN is expected");
        }
        if (!take('=')) {
            throw fault(at, "= is expected");
        }
        return AttributeType.find(name).orElseThrow(() -> fault(start, "unknown attribute type " + Texts.quoted(name)));
    }

    private ASN1Primitive hexValue() throws InvalidNameException {
        int start = at + 1;
        while (at < text.length() && !peek(',') && !peek('+')) {
            at++;
        }
        try {
            byte[] der = Hex.decodeStrict(text.substring(start, at).strip());
            ASN1Primitive value = ASN1Primitive.fromByteArray(der);
            if (value != null) {
                return value;
            }
        } catch (IOException | DecoderException | IllegalArgumentException notDer) {
            throw fault(start, "the hex after # is not DER");
        }
        throw fault(start, "hex is expected after #");
    }

    private String stringValue() throws InvalidNameException {
        StringBuilder value = new StringBuilder();
        int kept = 0;
        while (at < text.length() && !peek(',') && !peek('+')) {
            char c = text.charAt(at);
            if (c == '\\') {
                value.append(escape());
                kept = value.length();
                continue;
            }
            if ("\";<>".indexOf(c) >= 0 || c == 0) {
                throw fault(at, "%s must be escaped by a backslash".formatted(Texts.quoted(String.valueOf(c))));
            }
            at++;
            value.append(c);
            kept = c == ' ' ? kept : value.length();
        }
        value.setLength(kept);
        return value.toString();
    }

    /** A backslash with a special character, or a run of backslashes with hex pairs that are UTF-8 together. */
    private String escape() throws InvalidNameException {
        int start = at;
        if (at + 1 < text.length() && "\"+,;<>\\ #=".indexOf(text.charAt(at + 1)) >= 0) {
            at += 2;
            return text.substring(at - 1, at);
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        while (isHexPair()) {
            octets.write(Integer.parseInt(text.substring(at + 1, at + 3), 16));
            at += 3;
        }
        try {
            String decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toByteArray()))
                    .toString();
            if (!decoded.isEmpty()) {
                return decoded;
            }
        } catch (CharacterCodingException notUtf8) {
            throw fault(start, "the escaped octets are not UTF-8");
        }
        throw fault(start, "a backslash must be followed by a special character or two hex digits");
    }

    private boolean isHexPair() {
        return peek('\\')
                && at + 2 < text.length()
                && isHexDigit(text.charAt(at + 1))
                && isHexDigit(text.charAt(at + 2));
    }

    private static boolean isHexDigit(char c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }

    private static boolean isTypeCharacter(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '-');
    }

    private void skipSpaces() {
        while (peek(' ')) {
            at++;
        }
    }

    private boolean peek(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private boolean take(char c) {
        boolean there = peek(c);
        at += there ? 1 : 0;
        return there;
    }

    /** Counted from 1, as people do. */
    private static InvalidNameException fault(int index, String message) {
        return new InvalidNameException("character " + (index + 1), "at character " + (index + 1) + ": " + message);
    }
}
