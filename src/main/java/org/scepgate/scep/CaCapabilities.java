package org.scepgate.scep;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What GetCACaps announces, which is exactly what is served (RFC 8894 section 3.5.2). */
public record CaCapabilities(boolean renewal, boolean nextCaCertificate, Set<LegacyAlgorithm> legacy) {
    public CaCapabilities {
        legacy = Set.copyOf(legacy);
    }

    /** One keyword a line; LF only, because a CR spoils every keyword for Apple. */
    public String text() {
        List<String> keywords = new ArrayList<>(List.of("SCEPStandard", "POSTPKIOperation", "AES", "SHA-256"));
        // No keyword of the RFC, but without it Debian 12's strongSwan falls back to triple DES.
        keywords.add("SHA-384");
        keywords.add("SHA-512");
        if (renewal) {
            keywords.add("Renewal");
        }
        if (nextCaCertificate) {
            keywords.add("GetNextCACert");
        }
        // DES and MD5 have no keyword: where a profile allows them they are taken, never offered.
        if (legacy.contains(LegacyAlgorithm.DES3)) {
            keywords.add(LegacyAlgorithm.DES3.text());
        }
        if (legacy.contains(LegacyAlgorithm.SHA_1)) {
            keywords.add(LegacyAlgorithm.SHA_1.text());
        }
        return String.join("\n", keywords) + "\n";
    }
}
