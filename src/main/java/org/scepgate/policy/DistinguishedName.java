package org.scepgate.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * An X.501 name that is compared as RFC 5280 section 7.1 says, and in either direction.
 *
 * <p>Text is RFC 4514: its first RDN is the last one in DER. Few who write a name know that, and clients differ in which
 * end they begin with, so a sequence of RDNs and its exact reversal are one name here (docs/adr/0002-order-of-rdns.md).
 */
public final class DistinguishedName {

    private static final int MOST_RDNS = 64;

    private static final DistinguishedName EMPTY = new DistinguishedName(List.of());

    /** In the order of the DER. */
    private final List<Rdn> rdns;

    private DistinguishedName(List<Rdn> rdns) {
        this.rdns = List.copyOf(rdns);
    }

    /** Blank text is the empty name. Faults: the syntax, an unknown attribute type, a value that is empty or too long. */
    public static DistinguishedName parse(String rfc4514) throws InvalidNameException {
        return new DistinguishedName(reversed(DistinguishedNameParser.parse(rfc4514)));
    }

    /** What {@link #toString} gave for a name that {@link #parse} had read, however long it has become. */
    public static DistinguishedName parseStored(String rfc4514) throws InvalidNameException {
        return new DistinguishedName(reversed(DistinguishedNameParser.parseStored(rfc4514)));
    }

    /** Keeps every value and its string type; the only faults are sizes beyond reason. */
    public static DistinguishedName of(X500Name name) throws InvalidNameException {
        if (name.size() > MOST_RDNS) {
            throw new InvalidNameException("", "more than " + MOST_RDNS + " relative distinguished names");
        }
        List<Rdn> rdns = new ArrayList<>();
        for (RDN rdn : name.getRDNs()) {
            rdns.add(Rdn.of(rdn));
        }
        return new DistinguishedName(rdns);
    }

    /** Of RDNs in the order of RFC 4514 text. */
    static DistinguishedName written(List<Rdn> rdns) {
        return new DistinguishedName(reversed(rdns));
    }

    public static DistinguishedName empty() {
        return EMPTY;
    }

    public boolean isEmpty() {
        return rdns.isEmpty();
    }

    public X500Name toX500Name() {
        return new X500Name(rdns.stream().map(Rdn::toRdn).toArray(RDN[]::new));
    }

    /** Equal RDNs in the same order or in fully reversed order; no other permutation. */
    public boolean matches(DistinguishedName other) {
        return rdns.size() == other.rdns.size() && isSubsetOf(other);
    }

    /** Whether this is the other name, read from either end, with whole RDNs left out. */
    public boolean isSubsetOf(DistinguishedName other) {
        return leavesOut(other.rdns) || leavesOut(reversed(other.rdns));
    }

    boolean sharesCommonNameWith(DistinguishedName other) {
        return !Collections.disjoint(commonNames(), other.commonNames());
    }

    private Set<String> commonNames() {
        return attributes().stream()
                .filter(attribute -> attribute.type().oid().equals(BCStyle.CN))
                .map(NameAttribute::key)
                .collect(Collectors.toSet());
    }

    /** In the order of the DER. */
    List<Rdn> rdns() {
        return rdns;
    }

    /** In the order of RFC 4514 text. */
    List<Rdn> rdnsAsWritten() {
        return reversed(rdns);
    }

    /** All attributes, whatever RDN they stand in. */
    List<NameAttribute> attributes() {
        return rdns.stream().flatMap(rdn -> rdn.attributes().stream()).toList();
    }

    /** This name with its RDNs in the direction that the asker used; as it is where the asker's name shows none. */
    DistinguishedName inDirectionOf(DistinguishedName asked) {
        return asked.leavesOut(rdns) || !asked.leavesOut(reversed(rdns)) ? this : new DistinguishedName(reversed(rdns));
    }

    /** RFC 4514, so that text which was parsed comes back in the order it was written. */
    @Override
    public String toString() {
        return reversed(rdns).stream().map(Rdn::toString).collect(Collectors.joining(","));
    }

    /** The same bytes, unlike {@link #matches}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DistinguishedName that && rdns.equals(that.rdns);
    }

    @Override
    public int hashCode() {
        return rdns.hashCode();
    }

    private boolean leavesOut(List<Rdn> all) {
        Iterator<Rdn> rest = all.iterator();
        return rdns.stream().allMatch(rdn -> advancePast(rest, rdn.key()));
    }

    private static boolean advancePast(Iterator<Rdn> rest, String key) {
        while (rest.hasNext()) {
            if (rest.next().key().equals(key)) {
                return true;
            }
        }
        return false;
    }

    private static List<Rdn> reversed(List<Rdn> rdns) {
        List<Rdn> reversed = new ArrayList<>(rdns);
        Collections.reverse(reversed);
        return reversed;
    }
}
