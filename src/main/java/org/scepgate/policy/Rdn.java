package org.scepgate.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;

/**
 * A relative distinguished name, mostly of one attribute.
 *
 * @param key equal for RDNs that hold equal attributes in whatever order, RFC 5280 section 7.1
 */
record Rdn(List<NameAttribute> attributes, String key) {

    private static final int MOST_ATTRIBUTES = 16;

    // Prepared text holds no control characters and hex has none, so that no value can imitate the separator.
    private static final String SEPARATOR = "\u0000";

    static Rdn written(List<NameAttribute> attributes) throws InvalidNameException {
        requireFew(attributes.size());
        Set<AttributeType> types = new HashSet<>();
        for (NameAttribute attribute : attributes) {
            if (!types.add(attribute.type())) {
                throw new InvalidNameException(
                        "", attribute.type().keyword() + " stands twice in one relative distinguished name");
            }
        }
        return of(attributes);
    }

    static Rdn of(RDN rdn) throws InvalidNameException {
        requireFew(rdn.size());
        List<NameAttribute> attributes = new ArrayList<>();
        for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
            attributes.add(NameAttribute.of(attribute));
        }
        return of(attributes);
    }

    // The same for both: no CSR could match a name that was bound with more.
    private static void requireFew(int attributes) throws InvalidNameException {
        if (attributes > MOST_ATTRIBUTES) {
            throw new InvalidNameException("", "more than " + MOST_ATTRIBUTES + " attributes in one RDN");
        }
    }

    RDN toRdn() {
        return new RDN(attributes.stream()
                .map(attribute -> new AttributeTypeAndValue(attribute.type().oid(), attribute.value()))
                .toArray(AttributeTypeAndValue[]::new));
    }

    @Override
    public String toString() {
        return attributes.stream().map(NameAttribute::toString).collect(Collectors.joining("+"));
    }

    private static Rdn of(List<NameAttribute> attributes) {
        String key = attributes.stream().map(NameAttribute::key).sorted().collect(Collectors.joining(SEPARATOR));
        return new Rdn(List.copyOf(attributes), key);
    }
}
