package org.scepgate.policy;

import java.util.List;
import java.util.Optional;

/**
 * What a subject must have, as RFC 4514 text: {@code O=Acme,CN=*.acme.example}, where a leading asterisk is any text.
 *
 * <p>Every attribute listed must be in the subject, and the subject has no other value of a type that is listed: a
 * client for {@code O=Acme} gets no {@code O=Acme,O=Globex}.
 */
record SubjectPattern(List<NameAttribute> attributes) {

    private static final String ANY = "*";

    static SubjectPattern parse(String rfc4514) throws InvalidNameException {
        DistinguishedName name = DistinguishedName.parse(rfc4514);
        AltNameType.require(!name.isEmpty(), "must not be empty");
        return new SubjectPattern(name.attributes());
    }

    /** What is wrong with this subject; empty if nothing is. */
    Optional<String> objectionTo(DistinguishedName subject) {
        for (NameAttribute wanted : attributes) {
            if (subject.attributes().stream().noneMatch(has -> permits(wanted, has))) {
                return Optional.of("must have " + wanted);
            }
        }
        return subject.attributes().stream()
                .filter(this::isOfAListedType)
                .filter(has -> attributes.stream().noneMatch(wanted -> permits(wanted, has)))
                .map(has -> "must not have " + Texts.shortened(has.toString()))
                .findFirst();
    }

    private boolean isOfAListedType(NameAttribute attribute) {
        return attributes.stream()
                .anyMatch(listed -> listed.type().oid().equals(attribute.type().oid()));
    }

    private static boolean permits(NameAttribute wanted, NameAttribute has) {
        String pattern = wanted.text().orElse("");
        if (!pattern.startsWith(ANY)) {
            return wanted.key().equals(has.key());
        }
        String ending = StringPreparation.prepare(pattern.substring(ANY.length()));
        return wanted.type().oid().equals(has.type().oid()) && has.key().endsWith(ending);
    }
}
