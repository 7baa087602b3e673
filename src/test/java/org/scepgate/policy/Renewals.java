package org.scepgate.policy;

import static org.scepgate.policy.Requests.KEY;
import static org.scepgate.policy.Requests.KEYS;
import static org.scepgate.policy.Requests.NOW;
import static org.scepgate.policy.Requests.OTHER_KEY;
import static org.scepgate.policy.Requests.PROFILE;
import static org.scepgate.policy.Requests.binding;
import static org.scepgate.policy.Requests.csr;
import static org.scepgate.policy.Requests.dns;
import static org.scepgate.policy.Requests.dnsName;
import static org.scepgate.policy.Requests.request;
import static org.scepgate.policy.Requests.rules;
import static org.scepgate.policy.Requests.usages;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bouncycastle.asn1.x509.GeneralName;

/** An old certificate, what may be asked with it, and the decision on that. */
final class Renewals {
    private Renewals() {}

    static final String SUBJECT = "CN=device-42,O=Acme";
    static final GeneralName DNS = dnsName("device-42.acme.example");
    static final Csr NEW_KEY = csr(SUBJECT, OTHER_KEY, DNS);
    static final Csr OLD_KEY = csr(SUBJECT, KEY, DNS);
    static final UUID ORIGIN = UUID.fromString("00000000-0000-4000-8000-000000000001");
    static final byte[] SUCCESSOR = {0x30, 0x03, 0x02, 0x01, 0x07};
    static final Instant END = NOW.plus(Duration.ofDays(60));

    static final CertificateContents CONTENTS = contents(END);
    static final ExistingCertificate EXISTING = existing(CONTENTS);

    enum Type {
        RENEWAL_REQ,
        PKCS_REQ
    }

    static CertificateContents contents(Instant end) {
        Binding bound = binding(SUBJECT, dns("device-42.acme.example"), "exact");
        return new CertificateContents(
                bound.subject(),
                bound.subjectAltNames(),
                PROFILE.keyUsage(),
                usages("clientAuth"),
                OLD_KEY.spkiSha256(),
                end.minus(Duration.ofDays(90)),
                end);
    }

    static ExistingCertificate existing(CertificateContents contents) {
        return new ExistingCertificate("demo", contents, false, Set.of(ORIGIN), Optional.empty(), Optional.empty());
    }

    static ExistingCertificate renewedBefore(Csr csr, Instant end, boolean revoked) {
        ExistingCertificate.Successor successor =
                new ExistingCertificate.Successor(csr.requestSha256(), SUCCESSOR, end, revoked);
        return new ExistingCertificate(
                "demo", CONTENTS, false, Set.of(ORIGIN), Optional.empty(), Optional.of(successor));
    }

    static Profile profile(RenewalRules rules) {
        return Requests.profile(KEYS, false, rules);
    }

    static RenewalRequest renewal(Type type, Profile profile, Csr csr, ExistingCertificate existing) {
        EnrollmentRequest request = new EnrollmentRequest(profile, csr, false, Optional.empty());
        return new RenewalRequest(request, type == Type.RENEWAL_REQ, Optional.of(existing));
    }

    static Decision decide(Type type, Profile profile, Csr csr, ExistingCertificate existing) {
        return RenewalPolicy.decide(renewal(type, profile, csr, existing), new NoChallenge(), NOW);
    }

    static Decision decide(Csr csr, ExistingCertificate existing) {
        return decide(Type.RENEWAL_REQ, PROFILE, csr, existing);
    }

    static Decision decide(Type type, Csr csr, Verdict verdict) {
        return RenewalPolicy.decide(renewal(type, PROFILE, csr, EXISTING), verdict, NOW);
    }
}
