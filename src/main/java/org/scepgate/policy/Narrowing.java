package org.scepgate.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What is left of a template, field by field; whatever is in it must have been granted. */
final class Narrowing {
    private static final String READABLE = "an answer that can be read";

    private final CertificateTemplate granted;
    private final RequestedNarrowing asked;
    private final List<Violation> violations = new ArrayList<>();

    Narrowing(CertificateTemplate granted, RequestedNarrowing asked) {
        this.granted = granted;
        this.asked = asked;
    }

    Approval approval() {
        if (asked.isEmpty()) {
            return AuthorizationPolicy.rejected(
                    Rule.AUTHORIZATION_FAILED, "a narrow that says what is left", "one that takes nothing away");
        }
        CertificateTemplate.Remainder left =
                new CertificateTemplate.Remainder(names(), keyUsage(), extendedKeyUsage(), validity());
        return violations.isEmpty()
                ? new Approval.Granted(new CertificateTemplate(granted, left))
                : new Approval.Rejected(violations);
    }

    /** Those that are left, as the policy writes them: a look-alike that passes for one never gets in. */
    private SubjectAltNames names() {
        if (asked.subjectAltNames() == null) {
            return granted.names();
        }
        try {
            SubjectAltNames left = SubjectAltNames.of(asked.subjectAltNames());
            within(left.isSubsetOf(granted.names()), granted.names().toString(), left.toString());
            readable(
                    !left.isEmpty() || !granted.boundSubject().isEmpty(),
                    "a name, for a certificate must name its device",
                    "none");
            return granted.names().sharedWith(left);
        } catch (InvalidNameException invalid) {
            readable(false, READABLE, "subjectAltNames." + invalid.getMessage());
            return SubjectAltNames.NONE;
        }
    }

    private Set<KeyUsage> keyUsage() {
        if (asked.keyUsage() == null) {
            return granted.keyUsage();
        }
        Set<KeyUsage> left = new HashSet<>(read("keyUsage", asked.keyUsage(), KeyUsage::parse));
        String shown = KeyUsage.setOf(left).toString();
        // No key usage at all would mean any.
        within(!left.isEmpty() && granted.keyUsage().containsAll(left), "some of " + granted.keyUsage(), shown);
        readable(KeyUsage.isCoherent(left), "keyAgreement beside encipherOnly and decipherOnly", shown);
        return left;
    }

    private List<ExtendedKeyUsage> extendedKeyUsage() {
        List<ExtendedKeyUsage> all = granted.extendedKeyUsage();
        if (asked.extendedKeyUsage() == null) {
            return all;
        }
        List<ExtendedKeyUsage> left = read("extendedKeyUsage", asked.extendedKeyUsage(), ExtendedKeyUsage::parse);
        // RFC 5280 section 4.2.1.12 restricts nothing where the extension is absent.
        within(all.isEmpty() == left.isEmpty() && all.containsAll(left), "some of " + all, left.toString());
        return all.stream().filter(left::contains).toList();
    }

    private Duration validity() {
        if (asked.validity() == null) {
            return granted.validity();
        }
        try {
            Duration left = BindingReader.duration(asked.validity());
            readable(left.getSeconds() > 0, "a validity of at least a second", asked.validity());
            within(left.compareTo(granted.validity()) <= 0, "at most " + granted.validity(), asked.validity());
            return left;
        } catch (IllegalArgumentException invalid) {
            readable(false, READABLE, "validity " + invalid.getMessage());
            return granted.validity();
        }
    }

    private <T> List<T> read(String field, List<String> texts, Function<String, T> parser) {
        List<T> read = new ArrayList<>();
        for (String text : texts) {
            try {
                read.add(parser.apply(String.valueOf(text)));
            } catch (IllegalArgumentException unknown) {
                readable(false, READABLE, field + ": " + unknown.getMessage());
            }
        }
        return read;
    }

    private void within(boolean holds, String expected, String actual) {
        require(holds, Rule.AUTHORIZATION_WIDER, expected, actual);
    }

    private void readable(boolean holds, String expected, String actual) {
        require(holds, Rule.AUTHORIZATION_FAILED, expected, actual);
    }

    private void require(boolean holds, Rule rule, String expected, String actual) {
        if (!holds) {
            violations.add(new Violation(rule, expected, actual));
        }
    }
}
