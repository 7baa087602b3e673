package org.scepgate.device;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.scepgate.scep.AnnouncedCapabilities;

/** Judges GetCACaps (RFC 8894 section 3.5.2), line by line. */
final class CapabilityCheck {
    private static final String ABOUT = "GetCACaps";
    private static final Map<String, String> MEANINGS = Map.of(
            "AES", "AES-128-CBC is taken",
            "DES3", "triple DES is taken, which is old",
            "GetNextCACert", "the next CA certificate can be fetched before a rollover",
            "POSTPKIOperation", "messages may be sent by POST",
            "Renewal", "certificates can be renewed with RenewalReq",
            "SHA-1", "SHA-1 is taken, which is broken",
            "SHA-256", "SHA-256 is taken",
            "SHA-384", "SHA-384 is taken; not in the RFC, but strongSwan looks for it",
            "SHA-512", "SHA-512 is taken",
            "SCEPStandard", "everything that RFC 8894 demands of a server is there");

    private final Diagnosis diagnosis;

    CapabilityCheck(Diagnosis diagnosis) {
        this.diagnosis = diagnosis;
    }

    AnnouncedCapabilities judge(HttpAnswer answer) {
        if (!answer.isOk()) {
            diagnosis.problem(ABOUT, "HTTP " + answer.status() + ": clients will take the server for a very old one");
            return AnnouncedCapabilities.read(new byte[0]);
        }
        diagnosis.require(
                answer.contentType().filter("text/plain"::equals).isPresent(),
                ABOUT,
                "the content type is exactly text/plain",
                "the content type is \"" + answer.contentType().orElse("missing")
                        + "\" and should be exactly text/plain");
        String text = new String(answer.body(), StandardCharsets.ISO_8859_1);
        diagnosis.require(
                text.indexOf('\r') < 0,
                ABOUT,
                "lines end with LF alone",
                "lines end with CR LF: Apple's devices then know none of the keywords");
        AnnouncedCapabilities announced = AnnouncedCapabilities.read(answer.body());
        announced.keywords().forEach(this::explain);
        judgeLack(announced);
        return announced;
    }

    private void explain(String keyword) {
        String meaning = MEANINGS.get(keyword);
        if (meaning != null) {
            diagnosis.ok(ABOUT, keyword + ": " + meaning);
            return;
        }
        boolean otherCase = MEANINGS.keySet().stream().anyMatch(keyword::equalsIgnoreCase);
        diagnosis.note(
                ABOUT, keyword + ": " + (otherCase ? "in the wrong case, so nobody knows it" : "not in the RFC"));
    }

    private void judgeLack(AnnouncedCapabilities announced) {
        for (String keyword : new String[] {"AES", "SHA-256", "POSTPKIOperation"}) {
            if (!announced.has(keyword)) {
                diagnosis.problem(ABOUT, keyword + " is not announced: clients fall back to something weaker");
            } else if (!announced.keywords().contains(keyword)) {
                diagnosis.note(
                        ABOUT,
                        keyword + " is announced by SCEPStandard alone, which strongSwan and Apple's"
                                + " devices do not take for it");
            }
        }
    }
}
