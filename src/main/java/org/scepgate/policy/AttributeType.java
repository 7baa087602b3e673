package org.scepgate.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** A type of name attribute: its OID, how RFC 4514 text spells it, and the string type its values get from us. */
record AttributeType(ASN1ObjectIdentifier oid, List<String> keywords, StringEncoding encoding) {

    private static final int LONGEST_OID = 128;

    // SN is surname as RFC 4519 section 2.32 says, not the serial number that some tools mean by it.
    private static final List<AttributeType> KNOWN = List.of(
            known("2.5.4.3", StringEncoding.UTF8, "CN", "COMMONNAME"),
            known("2.5.4.4", StringEncoding.UTF8, "SN", "SURNAME"),
            known("2.5.4.5", StringEncoding.PRINTABLE, "SERIALNUMBER"),
            known("2.5.4.6", StringEncoding.COUNTRY, "C", "COUNTRYNAME"),
            known("2.5.4.7", StringEncoding.UTF8, "L", "LOCALITYNAME"),
            known("2.5.4.8", StringEncoding.UTF8, "ST", "S", "STATEORPROVINCENAME"),
            known("2.5.4.9", StringEncoding.UTF8, "STREET", "STREETADDRESS"),
            known("2.5.4.10", StringEncoding.UTF8, "O", "ORGANIZATIONNAME"),
            known("2.5.4.11", StringEncoding.UTF8, "OU", "ORGANIZATIONALUNITNAME"),
            known("2.5.4.12", StringEncoding.UTF8, "T", "TITLE"),
            known("2.5.4.13", StringEncoding.UTF8, "DESCRIPTION"),
            known("2.5.4.15", StringEncoding.UTF8, "BUSINESSCATEGORY"),
            known("2.5.4.17", StringEncoding.UTF8, "POSTALCODE"),
            known("2.5.4.41", StringEncoding.UTF8, "NAME"),
            known("2.5.4.42", StringEncoding.UTF8, "GIVENNAME", "GN"),
            known("2.5.4.43", StringEncoding.UTF8, "INITIALS"),
            known("2.5.4.44", StringEncoding.UTF8, "GENERATION", "GENERATIONQUALIFIER"),
            known("2.5.4.46", StringEncoding.PRINTABLE, "DNQUALIFIER", "DNQ"),
            known("2.5.4.65", StringEncoding.UTF8, "PSEUDONYM"),
            known("2.5.4.97", StringEncoding.UTF8, "ORGANIZATIONIDENTIFIER"),
            known("0.9.2342.19200300.100.1.1", StringEncoding.UTF8, "UID", "USERID"),
            known("0.9.2342.19200300.100.1.25", StringEncoding.IA5, "DC", "DOMAINCOMPONENT"),
            known("1.2.840.113549.1.9.1", StringEncoding.IA5, "EMAILADDRESS", "E", "EMAIL"),
            known("1.2.840.113549.1.9.2", StringEncoding.IA5_OR_UTF8, "unstructuredName"),
            known("1.2.840.113549.1.9.8", StringEncoding.UTF8, "unstructuredAddress"));

    private static final Map<String, AttributeType> BY_KEYWORD = KNOWN.stream()
            .flatMap(type -> type.keywords.stream().map(keyword -> Map.entry(upper(keyword), type)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static final Map<ASN1ObjectIdentifier, AttributeType> BY_OID =
            KNOWN.stream().collect(Collectors.toUnmodifiableMap(AttributeType::oid, type -> type));

    /** By keyword in any case or by dotted OID; empty where RFC 4514 text names no type. */
    static Optional<AttributeType> find(String keywordOrOid) {
        return Stream.of(keywordOrOid)
                .map(text -> BY_KEYWORD.get(upper(text)))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .or(() -> dotted(keywordOrOid));
    }

    static AttributeType of(ASN1ObjectIdentifier oid) {
        return Optional.ofNullable(BY_OID.get(oid))
                .orElseGet(() -> new AttributeType(oid, List.of(oid.getId()), StringEncoding.UTF8));
    }

    /** Whether its syntax is known to be a string; of a type that is not known nothing is known. */
    boolean isText() {
        return BY_OID.containsKey(oid);
    }

    String keyword() {
        return keywords.get(0);
    }

    private static Optional<AttributeType> dotted(String text) {
        return text.length() > LONGEST_OID
                ? Optional.empty()
                : Optional.ofNullable(ASN1ObjectIdentifier.tryFromID(text)).map(AttributeType::of);
    }

    private static AttributeType known(String oid, StringEncoding encoding, String... keywords) {
        return new AttributeType(new ASN1ObjectIdentifier(oid), Arrays.asList(keywords), encoding);
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
