package org.scepgate.policy;

import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** A purpose of a certified key, RFC 5280 section 4.2.1.12: a well-known name or a dotted OID. */
public record ExtendedKeyUsage(String oid) {

    private static final int LONGEST_OID = 128;

    private static final Map<String, String> OID_BY_NAME = new TreeMap<>(Map.ofEntries(
            Map.entry("anyExtendedKeyUsage", "2.5.29.37.0"),
            Map.entry("serverAuth", "1.3.6.1.5.5.7.3.1"),
            Map.entry("clientAuth", "1.3.6.1.5.5.7.3.2"),
            Map.entry("codeSigning", "1.3.6.1.5.5.7.3.3"),
            Map.entry("emailProtection", "1.3.6.1.5.5.7.3.4"),
            Map.entry("ipsecEndSystem", "1.3.6.1.5.5.7.3.5"),
            Map.entry("ipsecTunnel", "1.3.6.1.5.5.7.3.6"),
            Map.entry("ipsecUser", "1.3.6.1.5.5.7.3.7"),
            Map.entry("timeStamping", "1.3.6.1.5.5.7.3.8"),
            Map.entry("OCSPSigning", "1.3.6.1.5.5.7.3.9"),
            Map.entry("eapOverPPP", "1.3.6.1.5.5.7.3.13"),
            Map.entry("eapOverLAN", "1.3.6.1.5.5.7.3.14"),
            Map.entry("ipsecIKE", "1.3.6.1.5.5.7.3.17"),
            Map.entry("smartcardLogon", "1.3.6.1.4.1.311.20.2.2")));

    static final ExtendedKeyUsage OCSP_SIGNING = new ExtendedKeyUsage("1.3.6.1.5.5.7.3.9");

    public ExtendedKeyUsage {
        if (oid.length() > LONGEST_OID || ASN1ObjectIdentifier.tryFromID(oid) == null) {
            throw new IllegalArgumentException("unknown extended key usage " + Texts.quoted(oid));
        }
    }

    /** From {@code clientAuth} and its like, or from a dotted OID. */
    public static ExtendedKeyUsage parse(String nameOrOid) {
        return new ExtendedKeyUsage(OID_BY_NAME.getOrDefault(nameOrOid, nameOrOid));
    }

    /** The well-known name where there is one, else the OID. */
    public String text() {
        return OID_BY_NAME.entrySet().stream()
                .filter(known -> known.getValue().equals(oid))
                .map(Entry::getKey)
                .findFirst()
                .orElse(oid);
    }

    @Override
    public String toString() {
        return text();
    }
}
