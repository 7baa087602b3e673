package org.scepgate.policy;

/**
 * The syntax of a dNSName: RFC 1034's preferred syntax as RFC 1123 relaxed it (RFC 5280 section 4.2.1.6).
 *
 * <p>Beyond it, underscores are taken, because host names in Windows domains have them, and a whole left-most label
 * may be a wildcard (RFC 6125 section 6.4.3).
 */
final class DnsName {

    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;
    private static final String WILDCARD = "*.";

    private DnsName() {}

    static void requireWellFormed(String name) throws InvalidNameException {
        requireHost(name.startsWith(WILDCARD) ? name.substring(WILDCARD.length()) : name);
    }

    static void requireHost(String host) throws InvalidNameException {
        if (!Texts.isAscii(host)) {
            throw fault("must be ASCII; an internationalised name is written with its A-labels (xn--...)");
        }
        if (host.isEmpty() || host.length() > LONGEST_NAME) {
            throw fault("must have 1 to " + LONGEST_NAME + " characters");
        }
        String[] labels = host.split("\\.", -1);
        for (String label : labels) {
            requireLabel(label);
        }
        // 192.0.2.1 in a dNSName would be taken for an address by some and matched as a name by others.
        if (labels[labels.length - 1].chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw fault("must not end in a label of digits only; an address belongs to ip");
        }
    }

    private static void requireLabel(String label) throws InvalidNameException {
        if (label.isEmpty() || label.length() > LONGEST_LABEL) {
            throw fault("must have labels of 1 to " + LONGEST_LABEL + " characters and no dot at its end");
        }
        boolean hyphenOutside = label.startsWith("-") || label.endsWith("-");
        if (hyphenOutside || !label.chars().allMatch(DnsName::isLabelCharacter)) {
            throw fault("has a label that is not of letters, digits, inner hyphens and underscores");
        }
    }

    private static boolean isLabelCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static InvalidNameException fault(String message) {
        return new InvalidNameException("", message);
    }
}
