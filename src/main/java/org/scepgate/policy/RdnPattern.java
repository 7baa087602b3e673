package org.scepgate.policy;

import java.util.List;
import java.util.Optional;

/** What one RDN of a subject must be: an attribute of one type, with a fixed value or one that matches a pattern. */
record RdnPattern(AttributeType type, Optional<NameAttribute> value, Optional<TextPattern> pattern) {

    static RdnPattern of(RequestedPatterns.Rdn asked, String place) throws InvalidBindingException {
        InvalidBindingException.unless(asked != null && asked.type() != null, place + ".type", "must not be null");
        AttributeType type = AttributeType.find(asked.type())
                .orElseThrow(() -> new InvalidBindingException(
                        place + ".type", "is no known attribute type: " + Texts.quoted(asked.type())));
        InvalidBindingException.unless(
                (asked.value() == null) != (asked.pattern() == null), place, "has either a value or a pattern");
        String field = place + (asked.value() == null ? ".pattern" : ".value");
        try {
            return asked.value() == null
                    ? new RdnPattern(type, Optional.empty(), Optional.of(TextPattern.of(asked.pattern())))
                    : new RdnPattern(type, Optional.of(NameAttribute.written(type, asked.value())), Optional.empty());
        } catch (InvalidNameException invalid) {
            throw new InvalidBindingException(field, invalid.getMessage());
        }
    }

    /** The RDN as it will be certified, of the value or of the text asked for; empty if another is asked for. */
    Optional<Rdn> certified(Rdn asked) {
        NameAttribute attribute = asked.attributes().get(0);
        boolean isOfType =
                asked.attributes().size() == 1 && attribute.type().oid().equals(type.oid());
        return isOfType ? written(attribute) : Optional.empty();
    }

    private Optional<Rdn> written(NameAttribute asked) {
        try {
            if (value.isPresent()) {
                boolean same = value.get().key().equals(asked.key());
                return same ? Optional.of(Rdn.written(List.of(value.get()))) : Optional.empty();
            }
            Optional<String> text = asked.text().filter(pattern.orElseThrow()::matches);
            return text.isPresent()
                    ? Optional.of(Rdn.written(List.of(NameAttribute.written(type, text.get()))))
                    : Optional.empty();
        } catch (InvalidNameException unfit) {
            // A pattern that is wider than the type's syntax lets nothing in that the type does not.
            return Optional.empty();
        }
    }

    RequestedPatterns.Rdn texts() {
        return new RequestedPatterns.Rdn(
                type.keyword(),
                value.flatMap(NameAttribute::text).orElse(null),
                pattern.map(TextPattern::text).orElse(null));
    }

    @Override
    public String toString() {
        return value.map(NameAttribute::toString)
                .orElseGet(() -> type.keyword() + "~/" + pattern.orElseThrow().text() + "/");
    }
}
