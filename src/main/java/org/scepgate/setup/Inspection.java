package org.scepgate.setup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.ca.ChainCheck;
import org.scepgate.ca.KeyCheck;
import org.scepgate.ca.KeyEntry;
import org.scepgate.ca.KeySettings;
import org.scepgate.ca.Pkcs11Tokens;
import org.scepgate.enrollment.CaKeySettings;
import org.scepgate.platform.ConfigurationException;

/** Looks at the key pairs of one generation of a CA, and goes on after a problem. */
final class Inspection {
    private static final Duration SOON = Duration.ofDays(60);

    private final CaKeySettings settings;
    private final Pkcs11Tokens tokens;
    private final Instant now;
    private final List<Line> lines = new ArrayList<>();

    Inspection(CaKeySettings settings, Pkcs11Tokens tokens, Instant now) {
        this.settings = settings;
        this.tokens = tokens;
        this.now = now;
    }

    /** One thing that was found. */
    record Line(boolean isProblem, String text) {
        @Override
        public String toString() {
            return (isProblem ? "  PROBLEM " : "  ok      ") + text;
        }
    }

    List<Line> lines() {
        lines.clear();
        read(KeySettings::load, settings.authority()).ifPresent(this::inspect);
        return List.copyOf(lines);
    }

    private interface Reading {
        KeyEntry of(KeySettings settings, Pkcs11Tokens tokens);
    }

    private Optional<KeyEntry> read(Reading reading, KeySettings source) {
        try {
            return Optional.of(reading.of(source, tokens));
        } catch (ConfigurationException e) {
            lines.add(new Line(true, e.getMessage()));
            return Optional.empty();
        }
    }

    private void inspect(KeyEntry ca) {
        String key = settings.authority().source();
        report(key, ca, KeyCheck.problemOfAuthority(ca, now).or(() -> KeyCheck.problemOfCrlSigner(ca)));
        List<X509CertificateHolder> chain =
                Stream.concat(Stream.of(ca.certificate()), ca.chain().stream()).toList();
        ChainCheck.problems(chain, now).forEach(problem -> lines.add(new Line(true, key + ": " + problem)));
        if (!ChainCheck.reachesRoot(chain)) {
            lines.add(new Line(false, key + ": the chain does not reach a root; devices must know what is missing"));
        }
        inspect(
                settings.registrationAuthority(),
                "an RA",
                ra -> KeyCheck.problemOfRegistrationAuthority(ra, ca, now).or(() -> problemForWindows(ra)));
        inspect(settings.ocspResponder(), "an OCSP responder", ocsp -> KeyCheck.problemOfOcspResponder(ocsp, ca, now));
    }

    private void inspect(KeySettings source, String what, Function<KeyEntry, Optional<String>> problem) {
        if (!source.isPresent()) {
            lines.add(new Line(false, settings.prefix() + ": without " + what));
            return;
        }
        read(KeySettings::load, source).ifPresent(entry -> report(source.source(), entry, problem.apply(entry)));
    }

    private void report(String key, KeyEntry entry, Optional<String> problem) {
        Instant end = entry.certificate().getNotAfter().toInstant();
        Optional<String> found = problem.or(() ->
                end.isBefore(now.plus(SOON)) ? Optional.of("its certificate ends soon, at " + end) : Optional.empty());
        lines.add(found.map(text -> new Line(true, key + ": " + text))
                .orElseGet(
                        () -> new Line(false, key + ": " + entry.certificate().getSubject() + ", until " + end)));
    }

    private static Optional<String> problemForWindows(KeyEntry ra) {
        return ra.certificate().getExtension(Extension.extendedKeyUsage) == null
                ? Optional.of("its certificate has no extended key usage, which Windows wants of an RA")
                : Optional.empty();
    }
}
