package org.scepgate.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Keys that are known to be compromised, such as those of Debian's OpenSSL of 2008.
 *
 * @param spkiSha256 SHA-256 over each key's SubjectPublicKeyInfo (DER), lower-case hex
 */
public record KeyBlocklist(Set<String> spkiSha256) {
    public static final KeyBlocklist NONE = new KeyBlocklist(Set.of());
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public KeyBlocklist {
        spkiSha256 = Set.copyOf(spkiSha256);
    }

    /**
     * @param lines a hash each, in hex; empty ones and those that begin with # say nothing
     * @throws IllegalArgumentException with the number of the line that is none of these
     */
    public static KeyBlocklist parse(List<String> lines) {
        Set<String> hashes = new TreeSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip().toLowerCase(Locale.ROOT);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (!SHA256.matcher(line).matches()) {
                throw new IllegalArgumentException("line " + (i + 1) + " is no SHA-256 in hex");
            }
            hashes.add(line);
        }
        return new KeyBlocklist(hashes);
    }

    boolean holds(Csr csr) {
        return spkiSha256.contains(csr.spkiSha256());
    }

    /** A list may have a million lines. */
    @Override
    public String toString() {
        return "KeyBlocklist[" + spkiSha256.size() + "]";
    }
}
