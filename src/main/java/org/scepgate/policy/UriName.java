package org.scepgate.policy;

/** The syntax of a uniformResourceIdentifier, as loose as what MDMs really put there, and its comparison. */
final class UriName {

    private UriName() {}

    /** RFC 5280 section 7.4: scheme and host in any case, the rest exactly. */
    static String key(String text) throws InvalidNameException {
        int colon = text.indexOf(':');
        // Inner spaces are no URI, but Cisco ISE wants "ID:Microsoft Endpoint Manager:GUID:<id>" from Intune.
        boolean visible = Texts.isAscii(text) && text.strip().length() == text.length();
        AltNameType.require(visible, "must be ASCII without spaces around it");
        AltNameType.require(
                colon > 0 && colon < text.length() - 1 && isScheme(text.substring(0, colon)),
                "must be an absolute URI such as urn:uuid:...");
        String rest = text.substring(colon + 1);
        return AltNameType.lower(text.substring(0, colon)) + ":" + (rest.startsWith("//") ? hierarchical(rest) : rest);
    }

    private static String hierarchical(String rest) {
        int end = 2;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        int host = rest.lastIndexOf('@', end - 1) + 1;
        int start = Math.max(host, 2);
        return rest.substring(0, start) + AltNameType.lower(rest.substring(start, end)) + rest.substring(end);
    }

    /** RFC 3986 section 3.1. */
    private static boolean isScheme(String scheme) {
        return Character.isLetter(scheme.charAt(0))
                && scheme.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '+' || c == '-' || c == '.');
    }
}
