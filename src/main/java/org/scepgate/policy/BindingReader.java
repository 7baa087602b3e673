package org.scepgate.policy;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes a binding of what an API caller asked for, field by field, within what the profile allows. */
final class BindingReader {

    private static final int SHA256_HEX = 64;
    private static final int MOST_USAGES = 32;

    private final RequestedBinding asked;
    private final Profile profile;

    BindingReader(RequestedBinding asked, Profile profile) {
        this.asked = asked;
        this.profile = profile;
    }

    Binding binding() throws InvalidBindingException {
        DistinguishedName subject = subject();
        SubjectAltNames altNames = altNames();
        Match match = match();
        Optional<NamePatterns> patterns = patterns(match);
        boolean named = !subject.isEmpty() || !altNames.isEmpty();
        require(
                named || patterns.isPresent(),
                "subject",
                "is empty, and there is no alternative name: a certificate must name its device");
        require(
                !named || patterns.isEmpty(),
                subject.isEmpty() ? "subjectAltNames" : "subject",
                "is not for match: pattern, which has subjectPattern and subjectAltNamePatterns");
        return new Binding(
                profile.name(),
                subject,
                altNames,
                match,
                publicKeySha256(),
                keyUsage(),
                extendedKeyUsage(),
                validity(),
                securityIdentifier(),
                patterns);
    }

    private DistinguishedName subject() throws InvalidBindingException {
        try {
            DistinguishedName subject =
                    asked.subject() == null ? DistinguishedName.empty() : DistinguishedName.parse(asked.subject());
            require(!subject.matches(profile.issuer()), "subject", "is the name of the CA itself");
            // A row that cannot be read would fail every list that it is in.
            require(
                    DistinguishedName.parseStored(subject.toString()).matches(subject),
                    "subject",
                    "does not read the same once it was written");
            return subject;
        } catch (InvalidNameException invalid) {
            throw new InvalidBindingException("subject", invalid.getMessage());
        }
    }

    private SubjectAltNames altNames() throws InvalidBindingException {
        try {
            return asked.subjectAltNames() == null ? SubjectAltNames.NONE : SubjectAltNames.of(asked.subjectAltNames());
        } catch (InvalidNameException invalid) {
            throw new InvalidBindingException("subjectAltNames." + invalid.place(), invalid.getMessage());
        }
    }

    private Match match() throws InvalidBindingException {
        return asked.match() == null ? Match.EXACT : read("match", asked.match(), Match::parse);
    }

    private Optional<NamePatterns> patterns(Match match) throws InvalidBindingException {
        boolean asksForPatterns = match == Match.PATTERN;
        require(asksForPatterns || asked.patterns() == null, "match", "must be pattern where there are patterns");
        require(!asksForPatterns || asked.patterns() != null, "subjectPattern", "is needed with match: pattern");
        return asksForPatterns ? Optional.of(NamePatterns.of(asked.patterns())) : Optional.empty();
    }

    private Optional<String> publicKeySha256() throws InvalidBindingException {
        String hex = asked.publicKeySha256();
        if (hex == null) {
            return Optional.empty();
        }
        boolean isDigest =
                hex.length() == SHA256_HEX && hex.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
        require(isDigest, "publicKeySha256", "must be the SHA-256 of a SubjectPublicKeyInfo in 64 hex digits");
        return Optional.of(hex.toLowerCase(Locale.ROOT));
    }

    private Set<KeyUsage> keyUsage() throws InvalidBindingException {
        if (asked.keyUsage() == null) {
            return profile.keyUsage();
        }
        Set<KeyUsage> usage = KeyUsage.setOf(
                narrowed("keyUsage", asked.keyUsage(), KeyUsage::parse, (Predicate<KeyUsage>) profile::allows));
        require(KeyUsage.isCoherent(usage), "keyUsage", "has encipherOnly or decipherOnly without keyAgreement");
        boolean rsaCan = !profile.allowedKeys().rsa().isEmpty()
                && !KeyUsage.withRsa(usage).isEmpty();
        boolean ecCan = !profile.allowedKeys().curves().isEmpty()
                && !KeyUsage.withEc(usage).isEmpty();
        require(profile.allowsKeyUsage(usage), "keyUsage", "is empty, which would allow any use");
        require(rsaCan || ecCan, "keyUsage", "leaves nothing that a key of this profile can do");
        return usage;
    }

    private List<ExtendedKeyUsage> extendedKeyUsage() throws InvalidBindingException {
        if (asked.extendedKeyUsage() == null) {
            return profile.extendedKeyUsage();
        }
        List<ExtendedKeyUsage> usage = narrowed(
                "extendedKeyUsage", asked.extendedKeyUsage(), ExtendedKeyUsage::parse, (Predicate<ExtendedKeyUsage>)
                        profile::allows);
        require(profile.allowsExtendedKeyUsage(usage), "extendedKeyUsage", "is empty, which would allow any purpose");
        return usage;
    }

    private Duration validity() throws InvalidBindingException {
        if (asked.validity() == null) {
            return profile.validity();
        }
        Duration validity = read("validity", asked.validity(), BindingReader::duration);
        require(validity.getSeconds() > 0, "validity", "must be at least a second");
        require(
                validity.compareTo(profile.validity()) <= 0,
                "validity",
                "is longer than the profile's " + profile.validity());
        return validity;
    }

    private Optional<SecurityIdentifier> securityIdentifier() throws InvalidBindingException {
        return asked.securityIdentifier() == null
                ? Optional.empty()
                : Optional.of(read("securityIdentifier", asked.securityIdentifier(), SecurityIdentifier::new));
    }

    static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException notIso) {
            throw new IllegalArgumentException("must be an ISO-8601 duration in days or less, such as P90D", notIso);
        }
    }

    private <T> List<T> narrowed(String field, List<String> texts, Function<String, T> parser, Predicate<T> allowed)
            throws InvalidBindingException {
        require(texts.size() <= MOST_USAGES, field, "has more than " + MOST_USAGES + " entries");
        List<T> usages = new ArrayList<>();
        for (String text : texts) {
            String place = field + "[" + usages.size() + "]";
            require(text != null, place, "must not be null");
            T usage = read(place, text, parser);
            require(allowed.test(usage), place, usage + " is not in profile " + profile.name());
            usages.add(usage);
        }
        return usages.stream().distinct().toList();
    }

    private static <T> T read(String field, String text, Function<String, T> parser) throws InvalidBindingException {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException unreadable) {
            throw new InvalidBindingException(field, unreadable.getMessage());
        }
    }

    private static void require(boolean holds, String field, String message) throws InvalidBindingException {
        InvalidBindingException.unless(holds, field, message);
    }
}
