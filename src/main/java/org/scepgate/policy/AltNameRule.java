package org.scepgate.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many alternative names of one type there may be, and which. */
record AltNameRule(AltNameType type, List<AltName> values, List<TextPattern> patterns, int min, int max) {

    private static final int MOST = 20;

    static AltNameRule of(AltNameType type, RequestedPatterns.Names asked, String place)
            throws InvalidBindingException {
        InvalidBindingException.unless(asked != null, place, "must not be null");
        int entries = asked.listedValues().size() + asked.listedPatterns().size();
        InvalidBindingException.unless(
                entries > 0 && entries <= MOST, place, "must have 1 to " + MOST + " values and patterns");
        int min = asked.min() == null ? 1 : asked.min();
        int max = asked.max() == null ? Math.max(1, min) : asked.max();
        InvalidBindingException.unless(min >= 0 && min <= MOST, place + ".min", "must be 0 to " + MOST);
        InvalidBindingException.unless(
                max >= Math.max(1, min) && max <= MOST, place + ".max", "must be at least min and 1 to " + MOST);
        return new AltNameRule(
                type,
                read(asked.listedValues(), place + ".values", text -> AltName.of(type, text)),
                read(asked.listedPatterns(), place + ".patterns", TextPattern::of),
                min,
                max);
    }

    private interface Reader<T> {
        T read(String text) throws InvalidNameException;
    }

    private static <T> List<T> read(List<String> texts, String place, Reader<T> reader) throws InvalidBindingException {
        List<T> read = new ArrayList<>();
        for (String text : texts) {
            try {
                read.add(reader.read(text));
            } catch (InvalidNameException invalid) {
                throw new InvalidBindingException(place + "[" + read.size() + "]", invalid.getMessage());
            }
        }
        return List.copyOf(read);
    }

    /** The names as they will be certified; empty if there are too few, too many or others. */
    Optional<List<AltName>> certified(List<AltName> asked) {
        // A device chooses how many it asks for, and each costs a match.
        if (asked.size() > max) {
            return Optional.empty();
        }
        List<AltName> names = asked.stream()
                .map(this::certified)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        boolean holds = names.size() == asked.size() && names.size() >= min;
        return holds ? Optional.of(names) : Optional.empty();
    }

    private Optional<AltName> certified(AltName asked) {
        return values.stream()
                .filter(value -> value.key().equals(asked.key()))
                .findFirst()
                .or(() -> patterns.stream().anyMatch(pattern -> pattern.matches(asked.text()))
                        ? Optional.of(asked)
                        : Optional.empty());
    }

    /** What a match of all names costs for each character. */
    int size() {
        return max * patterns.stream().mapToInt(TextPattern::size).sum();
    }

    RequestedPatterns.Names texts() {
        return new RequestedPatterns.Names(
                values.stream().map(AltName::text).toList(),
                patterns.stream().map(TextPattern::text).toList(),
                min,
                max);
    }

    @Override
    public String toString() {
        return Stream.concat(
                        values.stream().map(AltName::text),
                        patterns.stream().map(pattern -> "/" + pattern.text() + "/"))
                .collect(Collectors.joining(" or ", min + " to " + max + " " + type.text() + " of ", ""));
    }
}
