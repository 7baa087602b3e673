package org.scepgate.scep;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@code message} parameter of a GET PKIOperation (RFC 8894 section 4.1), as clients really send it. */
public final class GetMessage {
    private static final String PARAMETER = "message=";
    private static final int MAX_QUERY_LENGTH = 4 * PkiMessageDecoder.MAX_MESSAGE_BYTES;

    private GetMessage() {}

    /**
     * @param rawQuery the query string of the request line, nothing of it decoded
     * @return the bytes for {@link PkiMessageDecoder}
     */
    public static byte[] decode(String rawQuery) throws MalformedMessageException {
        if (rawQuery.length() > MAX_QUERY_LENGTH) {
            throw new MalformedMessageException("The message is too long");
        }
        String message = unescape(parameter(rawQuery)).replaceAll("[\r\n\t]", "");
        if (message.indexOf(' ') < 0) {
            return base64(message);
        }
        // Either blanks where lines were broken, or each a '+' that a proxy has decoded: the length tells which.
        return Stream.of(
                        message.replace(" ", ""),
                        message.replace(' ', '+'),
                        message.strip().replace(' ', '+'))
                .flatMap(candidate -> findElement(candidate).stream())
                .findFirst()
                .orElseThrow(() -> new MalformedMessageException("The message parameter holds no message"));
    }

    private static String parameter(String rawQuery) throws MalformedMessageException {
        List<String> found = Stream.of(rawQuery.split("&"))
                .filter(parameter -> parameter.startsWith(PARAMETER))
                .toList();
        if (found.size() != 1) {
            throw new MalformedMessageException("There is not one message parameter");
        }
        return found.get(0).substring(PARAMETER.length());
    }

    // Not java.net.URLDecoder, for which '+' is a blank: macOS sends the '+' of base64 unescaped.
    private static String unescape(String escaped) throws MalformedMessageException {
        if (escaped.indexOf('%') < 0) {
            return escaped;
        }
        StringBuilder text = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char character = escaped.charAt(i);
            if (character == '%') {
                character = unescape(escaped, i);
                i += 2;
            }
            text.append(character);
        }
        return text.toString();
    }

    private static char unescape(String escaped, int at) throws MalformedMessageException {
        int high = at + 2 < escaped.length() ? Character.digit(escaped.charAt(at + 1), 16) : -1;
        int low = at + 2 < escaped.length() ? Character.digit(escaped.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw new MalformedMessageException("The message parameter is escaped wrongly");
        }
        return (char) (high << 4 | low);
    }

    private static Optional<byte[]> findElement(String base64) {
        try {
            byte[] decoded = base64(base64);
            TlvWalk.check(decoded, EncodingRules.BER);
            return Optional.of(decoded);
        } catch (MalformedMessageException | UnreadableException e) {
            return Optional.empty();
        }
    }

    private static byte[] base64(String text) throws MalformedMessageException {
        // Old builds of Fleet send base64url; a missing '=' is none of Java's business either.
        String standard = text.replace('-', '+').replace('_', '/');
        try {
            byte[] decoded = Base64.getDecoder().decode(standard);
            if (decoded.length == 0 || decoded.length > PkiMessageDecoder.MAX_MESSAGE_BYTES) {
                throw new MalformedMessageException("The message is empty or too long");
            }
            return decoded;
        } catch (IllegalArgumentException e) {
            // Without the cause: it would quote the input.
            throw new MalformedMessageException("The message parameter is not base64");
        }
    }
}
