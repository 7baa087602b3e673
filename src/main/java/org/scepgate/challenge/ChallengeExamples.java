package org.scepgate.challenge;

/** What the published document shows; a test sends each of them. */
final class ChallengeExamples {
    static final String NAMES = """
            {"profile": "demo", "subject": "CN=device-42,O=Acme",
             "subjectAltNames": {"dns": ["device-42.acme.example"]}, "deviceId": "42"}""";
    static final String NARROWED = """
            {"profile": "demo", "subject": "CN=device-42,O=Acme", "match": "subset", "ttl": "PT2H",
             "keyUsage": ["digitalSignature"], "extendedKeyUsage": ["clientAuth"], "validity": "P30D"}""";
    static final String PATTERN = """
            {"profile": "demo", "match": "pattern",
             "subjectPattern": [{"type": "CN", "pattern": "^host-[0-9]+$"}, {"type": "O", "value": "Acme"}],
             "subjectAltNamePatterns": {"dns": {"patterns": ["^host-[0-9]+[.]acme[.]example$"], "min": 0}}}""";
    static final String BATCH = """
            {"mode": "per-item", "items": [
              {"profile": "demo", "subject": "CN=device-1,O=Acme", "deviceId": "1"},
              {"profile": "demo", "subject": "CN=device-2,O=Acme", "deviceId": "2"}]}""";
    static final String REISSUE = """
            {"ttl": "PT2H", "revoke": "keyCompromise"}""";
    static final String SUPERSEDE = """
            {"supersede": true}""";
    static final String EXTEND = """
            {"ttl": "PT4H"}""";

    private ChallengeExamples() {}
}
