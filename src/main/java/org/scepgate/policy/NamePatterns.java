package org.scepgate.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which names a device may choose itself: a pattern or a value for each RDN of its subject, in order, and for the
 * alternative names of each type. What is not named here is refused.
 */
public final class NamePatterns {

    private static final int MOST_RDNS = 32;
    // Some ten milliseconds for names of the greatest length.
    private static final int MOST_STEPS = 3000;

    /** In the order of RFC 4514 text. */
    private final List<RdnPattern> subject;

    private final Map<AltNameType, AltNameRule> altNames;

    private NamePatterns(List<RdnPattern> subject, Map<AltNameType, AltNameRule> altNames) {
        this.subject = List.copyOf(subject);
        this.altNames = altNames;
    }

    /** The names that fit, written anew. */
    record Names(DistinguishedName subject, SubjectAltNames altNames) {}

    /** The fault's field is like {@code subjectPattern[0].pattern} or {@code subjectAltNamePatterns.dns.max}. */
    public static NamePatterns of(RequestedPatterns asked) throws InvalidBindingException {
        InvalidBindingException.unless(
                asked.subject().size() <= MOST_RDNS, "subjectPattern", "has more than " + MOST_RDNS + " entries");
        InvalidBindingException.unless(
                !asked.subject().isEmpty() || !asked.subjectAltNames().isEmpty(),
                "subjectPattern",
                "is empty, and there is no pattern of alternative names: a certificate must name its device");
        List<RdnPattern> subject = new ArrayList<>();
        for (RequestedPatterns.Rdn rdn : asked.subject()) {
            subject.add(RdnPattern.of(rdn, "subjectPattern[" + subject.size() + "]"));
        }
        NamePatterns patterns = new NamePatterns(subject, altNames(asked));
        InvalidBindingException.unless(
                patterns.size() <= MOST_STEPS, "subjectPattern", "and the patterns of alternative names are too many");
        return patterns;
    }

    private static Map<AltNameType, AltNameRule> altNames(RequestedPatterns asked) throws InvalidBindingException {
        Map<AltNameType, AltNameRule> rules = new EnumMap<>(AltNameType.class);
        for (Map.Entry<String, RequestedPatterns.Names> entry :
                asked.subjectAltNames().entrySet()) {
            String place = "subjectAltNamePatterns." + entry.getKey();
            AltNameType type = Arrays.stream(AltNameType.values())
                    .filter(known -> known.text().equals(entry.getKey()))
                    .findFirst()
                    .orElseThrow(() -> new InvalidBindingException(place, "is none of dns, email, uri, ip, upn"));
            rules.put(type, AltNameRule.of(type, entry.getValue(), place));
        }
        return rules;
    }

    /** What a match of all names costs for each character; a subject is read from either end. */
    private int size() {
        return 2
                        * subject.stream()
                                .flatMap(rdn -> rdn.pattern().stream())
                                .mapToInt(TextPattern::size)
                                .sum()
                + altNames.values().stream().mapToInt(AltNameRule::size).sum();
    }

    /** The names as they will be certified; empty if any does not fit. */
    Optional<Names> fit(DistinguishedName asked, SubjectAltNames askedAltNames) {
        List<AltName> names = new ArrayList<>();
        for (AltNameType type : AltNameType.values()) {
            Optional<List<AltName>> ofType = altNames(type, askedAltNames);
            if (ofType.isEmpty()) {
                return Optional.empty();
            }
            names.addAll(ofType.get());
        }
        return subject(asked)
                .filter(fitting -> !fitting.isEmpty() || !names.isEmpty())
                .map(fitting -> new Names(fitting, new SubjectAltNames(names)));
    }

    /** The subject as it will be certified, read from either end (docs/adr/0002-order-of-rdns.md). */
    Optional<DistinguishedName> subject(DistinguishedName asked) {
        return subject(asked.rdnsAsWritten()).or(() -> subject(asked.rdns())).filter(NamePatterns::readsTheSame);
    }

    private Optional<DistinguishedName> subject(List<Rdn> asked) {
        if (asked.size() != subject.size()) {
            return Optional.empty();
        }
        List<Rdn> certified = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            Optional<Rdn> fitting = subject.get(i).certified(asked.get(i));
            if (fitting.isEmpty()) {
                return Optional.empty();
            }
            certified.add(fitting.get());
        }
        return Optional.of(DistinguishedName.written(certified));
    }

    // A row that cannot be read would fail every list that it is in.
    private static boolean readsTheSame(DistinguishedName name) {
        try {
            return DistinguishedName.parseStored(name.toString()).matches(name);
        } catch (InvalidNameException unreadable) {
            return false;
        }
    }

    /** The names of one type as they will be certified; a type without a rule has none. */
    Optional<List<AltName>> altNames(AltNameType type, SubjectAltNames asked) {
        List<AltName> ofType = asked.of(type);
        return altNames.containsKey(type)
                ? altNames.get(type).certified(ofType)
                : Optional.of(ofType).filter(List::isEmpty);
    }

    /** For the operator: which names of one type fit. */
    String described(AltNameType type) {
        return altNames.containsKey(type) ? altNames.get(type).toString() : "no " + type.text();
    }

    /** For the operator: which subjects fit. */
    public String subjectText() {
        return subject.stream().map(RdnPattern::toString).collect(Collectors.joining(","));
    }

    /** What {@link #of} reads. */
    public RequestedPatterns texts() {
        Map<String, RequestedPatterns.Names> names = new LinkedHashMap<>();
        altNames.forEach((type, rule) -> names.put(type.text(), rule.texts()));
        return new RequestedPatterns(subject.stream().map(RdnPattern::texts).toList(), names);
    }

    @Override
    public String toString() {
        return altNames.values().stream().map(rule -> "; " + rule).collect(Collectors.joining("", subjectText(), ""));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NamePatterns that && texts().equals(that.texts());
    }

    @Override
    public int hashCode() {
        return texts().hashCode();
    }
}
