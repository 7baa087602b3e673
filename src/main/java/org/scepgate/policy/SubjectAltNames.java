package org.scepgate.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Subject alternative names of the five types that are issued, each well-formed and compared as a set. */
public final class SubjectAltNames {

    static final int MOST = 100;

    public static final SubjectAltNames NONE = new SubjectAltNames(List.of());

    private final List<AltName> names;

    SubjectAltNames(List<AltName> names) {
        this.names = List.copyOf(names);
    }

    /** The fault's place is like {@code dns[0]}. */
    public static SubjectAltNames of(RequestedAltNames asked) throws InvalidNameException {
        Map<String, AltName> names = new LinkedHashMap<>();
        for (AltNameType type : AltNameType.values()) {
            List<String> texts = asked.of(type);
            for (int i = 0; i < texts.size(); i++) {
                add(names, type, texts.get(i), type.text() + "[" + i + "]");
            }
        }
        return new SubjectAltNames(List.copyOf(names.values()));
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    public List<String> dns() {
        return texts(AltNameType.DNS);
    }

    public List<String> email() {
        return texts(AltNameType.EMAIL);
    }

    public List<String> uri() {
        return texts(AltNameType.URI);
    }

    public List<String> ip() {
        return texts(AltNameType.IP);
    }

    public List<String> upn() {
        return texts(AltNameType.UPN);
    }

    /** Empty: no such extension. */
    public Optional<GeneralNames> toGeneralNames() {
        return isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new GeneralNames(names.stream().map(AltName::encoded).toArray(GeneralName[]::new)));
    }

    public boolean matches(SubjectAltNames other) {
        return keys().equals(other.keys());
    }

    public boolean isSubsetOf(SubjectAltNames other) {
        return other.keys().containsAll(keys());
    }

    /** Those that are in the other too, as they stand here. */
    SubjectAltNames sharedWith(SubjectAltNames other) {
        Set<String> kept = other.keys();
        return new SubjectAltNames(
                names.stream().filter(name -> kept.contains(name.key())).toList());
    }

    boolean shareOneWith(SubjectAltNames other) {
        return !Collections.disjoint(keys(), other.keys());
    }

    List<AltName> of(AltNameType type) {
        return names.stream().filter(name -> name.type() == type).toList();
    }

    /** Only the names of one type, so that a mismatch can be told type by type. */
    SubjectAltNames only(AltNameType type) {
        return new SubjectAltNames(of(type));
    }

    /** One name a line, such as {@code dns:device-42.acme.example}; no name holds a line break. */
    public String lines() {
        return joined("\n");
    }

    /** For the operator: {@code dns:device-42.acme.example, ip:192.0.2.1}. */
    @Override
    public String toString() {
        return joined(", ");
    }

    private String joined(String separator) {
        return names.stream()
                .map(name -> name.type().text() + ":" + name.text())
                .collect(Collectors.joining(separator));
    }

    /** The same texts in the same order, unlike {@link #matches}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SubjectAltNames that && names.equals(that.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    private static void add(Map<String, AltName> names, AltNameType type, String text, String place)
            throws InvalidNameException {
        try {
            AltNameType.require(names.size() < MOST, "is one alternative name too many, " + MOST + " are taken");
            AltName name = AltName.of(type, text);
            AltNameType.require(names.put(name.key(), name) == null, "stands there twice");
        } catch (InvalidNameException unplaced) {
            String message = "%s %s: %s".formatted(place, unplaced.getMessage(), Texts.quoted(text));
            throw new InvalidNameException(place, message);
        }
    }

    List<String> texts(AltNameType type) {
        return of(type).stream().map(AltName::text).toList();
    }

    private Set<String> keys() {
        return names.stream().map(AltName::key).collect(Collectors.toSet());
    }
}
