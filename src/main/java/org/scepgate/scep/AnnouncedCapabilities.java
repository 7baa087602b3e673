package org.scepgate.scep;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a server's GetCACaps says (RFC 8894 section 3.5.2), one keyword a line. */
public record AnnouncedCapabilities(List<String> keywords) {
    private static final String STANDARD = "SCEPStandard";
    private static final List<String> STANDARD_IMPLIES = List.of("AES", "POSTPKIOperation", "SHA-256");
    private static final int MAX_KEYWORDS = 100;

    public AnnouncedCapabilities {
        keywords = List.copyOf(keywords);
    }

    /** Takes LF and CRLF, and leaves it to the caller to judge keywords that nobody knows. */
    public static AnnouncedCapabilities read(byte[] body) {
        return new AnnouncedCapabilities(new String(body, StandardCharsets.ISO_8859_1)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(MAX_KEYWORDS)
                .toList());
    }

    /** In exact case, as the RFC compares; SCEPStandard stands for its three too. */
    public boolean has(String keyword) {
        return keywords.contains(keyword) || keywords.contains(STANDARD) && STANDARD_IMPLIES.contains(keyword);
    }

    /** What every server of today takes, or what an older one says it takes instead; never DES or MD5. */
    public RequestAlgorithms algorithms() {
        boolean oldCipher = !has("AES") && has("DES3");
        boolean oldDigest = !has("SHA-256") && has("SHA-1");
        DigestAlgorithm modern = !has("SHA-256") && has("SHA-512") ? DigestAlgorithm.SHA_512 : DigestAlgorithm.SHA_256;
        return new RequestAlgorithms(
                oldDigest && modern == DigestAlgorithm.SHA_256 ? DigestAlgorithm.SHA_1 : modern,
                oldCipher ? ContentCipher.DES3 : ContentCipher.AES_128,
                KeyTransport.PKCS1);
    }
}
