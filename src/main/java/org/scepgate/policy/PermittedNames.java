package org.scepgate.policy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names that a client of the challenge API may bind to its devices. */
public final class PermittedNames {

    private final Optional<SubjectPattern> subject;

    /** Empty: all names. Where any type is restricted, a type without a pattern has no names at all. */
    private final Map<AltNameType, List<AltNamePattern>> altNames;

    private PermittedNames(Optional<SubjectPattern> subject, Map<AltNameType, List<AltNamePattern>> altNames) {
        this.subject = subject;
        this.altNames = Map.copyOf(altNames);
    }

    /**
     * Of the texts in a configuration; the fault's place is {@code subject} or like {@code dns[0]}.
     *
     * @param patterns of alternative names; all lists empty: no restriction
     */
    public static PermittedNames of(Optional<String> subjectPattern, RequestedAltNames patterns)
            throws InvalidNameException {
        Map<AltNameType, List<AltNamePattern>> altNames = new EnumMap<>(AltNameType.class);
        for (AltNameType type : AltNameType.values()) {
            List<String> texts = patterns.of(type);
            if (!texts.isEmpty()) {
                altNames.put(type, patterns(type, texts));
            }
        }
        return new PermittedNames(subject(subjectPattern), altNames);
    }

    /** Names the field that holds a name which is not permitted. */
    public void require(Binding binding) throws InvalidBindingException {
        // Whether a pattern lets in no other name than those is beyond telling; the device comes when the client is
        // gone.
        InvalidBindingException.unless(
                binding.patterns().isEmpty() || (subject.isEmpty() && altNames.isEmpty()),
                "match",
                "must not be pattern: the names of this client are restricted");
        Optional<String> objection = subject.flatMap(pattern -> pattern.objectionTo(binding.subject()));
        if (objection.isPresent()) {
            throw new InvalidBindingException("subject", objection.get());
        }
        for (AltNameType type : altNames.isEmpty() ? new AltNameType[0] : AltNameType.values()) {
            require(type, binding.subjectAltNames().texts(type));
        }
    }

    private void require(AltNameType type, List<String> names) throws InvalidBindingException {
        List<AltNamePattern> permitted = altNames.getOrDefault(type, List.of());
        for (int i = 0; i < names.size(); i++) {
            String key = keyOf(type, names.get(i));
            if (permitted.stream().noneMatch(pattern -> pattern.permits(key))) {
                throw new InvalidBindingException(
                        "subjectAltNames." + type.text() + "[" + i + "]",
                        "is not a name that this client may bind: " + Texts.quoted(names.get(i)));
            }
        }
    }

    private static String keyOf(AltNameType type, String name) {
        try {
            return type.key(name);
        } catch (InvalidNameException impossible) {
            throw new IllegalStateException("a bound name was read before", impossible);
        }
    }

    private static Optional<SubjectPattern> subject(Optional<String> pattern) throws InvalidNameException {
        try {
            return pattern.isPresent() ? Optional.of(SubjectPattern.parse(pattern.get())) : Optional.empty();
        } catch (InvalidNameException unplaced) {
            throw new InvalidNameException("subject", unplaced.getMessage());
        }
    }

    private static List<AltNamePattern> patterns(AltNameType type, List<String> texts) throws InvalidNameException {
        List<AltNamePattern> patterns = new ArrayList<>();
        for (String text : texts) {
            try {
                patterns.add(AltNamePattern.of(type, text));
            } catch (InvalidNameException unplaced) {
                throw new InvalidNameException(type.text(), unplaced.getMessage() + ": " + Texts.quoted(text));
            }
        }
        return patterns;
    }
}
