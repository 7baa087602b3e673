package org.scepgate.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.scepgate.policy.DistinguishedName;
import org.scepgate.policy.InvalidNameException;

/** Which subject a certificate may have; a name and its exact reversal are one (docs/adr/0002-order-of-rdns.md). */
interface GrantedSubject {
    boolean permits(X500Name certified);

    static GrantedSubject of(JsonNode binding) {
        return binding.hasNonNull("patterns")
                ? fitting(binding.get("patterns").path("subject"))
                : of(binding.path("subject").asText());
    }

    /** @param rfc4514 as the server stores it */
    static GrantedSubject of(String rfc4514) {
        return certified -> {
            try {
                return DistinguishedName.of(certified).matches(DistinguishedName.parseStored(rfc4514));
            } catch (InvalidNameException e) {
                throw new AssertionError("no name: " + rfc4514, e);
            }
        };
    }

    /** The same bytes, as in a renewal. */
    static GrantedSubject of(X500Name renewed) {
        List<RDN> same = List.of(renewed.getRDNs());
        return certified -> {
            List<RDN> rdns = List.of(certified.getRDNs());
            return rdns.equals(same) || rdns.equals(reversed(same));
        };
    }

    private static GrantedSubject fitting(JsonNode rules) {
        return certified -> {
            List<RDN> rdns = List.of(certified.getRDNs());
            return fit(rdns, rules) || fit(reversed(rdns), rules);
        };
    }

    private static boolean fit(List<RDN> rdns, JsonNode rules) {
        boolean fit = rdns.size() == rules.size();
        for (int i = 0; fit && i < rules.size(); i++) {
            fit = fits(rdns.get(i), rules.get(i));
        }
        return fit;
    }

    private static boolean fits(RDN rdn, JsonNode rule) {
        boolean isOfType = !rdn.isMultiValued()
                && rdn.getFirst().getType().equals(type(rule.get("type").asText()));
        if (!isOfType || !(rdn.getFirst().getValue() instanceof ASN1String value)) {
            return false;
        }
        return rule.hasNonNull("value")
                ? value.getString().equals(rule.get("value").asText())
                : Pattern.matches(rule.get("pattern").asText(), value.getString());
    }

    private static ASN1ObjectIdentifier type(String keyword) {
        try {
            // Two letters are a value of every type, of a country too.
            RDN any = DistinguishedName.parse(keyword + "=xx").toX500Name().getRDNs()[0];
            return any.getFirst().getType();
        } catch (InvalidNameException e) {
            throw new AssertionError("no type of attribute: " + keyword, e);
        }
    }

    private static List<RDN> reversed(List<RDN> rdns) {
        List<RDN> reversed = new ArrayList<>(rdns);
        Collections.reverse(reversed);
        return reversed;
    }
}
