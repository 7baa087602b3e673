package org.scepgate.payload;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.scepgate.policy.DistinguishedName;

/** A name as lists of type and text, in the order of its DER. */
final class NameTexts {
    private final Map<String, String> keywords;

    /** @param keywords what a format calls a type, by OID; a type it has no word for is written as its OID */
    NameTexts(Map<String, String> keywords) {
        this.keywords = Map.copyOf(keywords);
    }

    /** One attribute: its type in the format's words, and its value. */
    record Attribute(String type, String text) {}

    List<List<Attribute>> of(DistinguishedName name) {
        return Arrays.stream(name.toX500Name().getRDNs()).map(this::attributes).toList();
    }

    private List<Attribute> attributes(RDN rdn) {
        return Arrays.stream(rdn.getTypesAndValues()).map(this::attribute).toList();
    }

    private Attribute attribute(AttributeTypeAndValue attribute) {
        String oid = attribute.getType().getId();
        return new Attribute(keywords.getOrDefault(oid, oid), text(attribute.getValue()));
    }

    private static String text(ASN1Encodable value) {
        if (value.toASN1Primitive() instanceof ASN1String string) {
            return string.getString();
        }
        throw Inexpressible.because("subject", "the format has no values that are no text");
    }
}
