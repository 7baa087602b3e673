package org.scepgate.payload;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.policy.Binding;
import org.scepgate.policy.Match;

/**
 * All that a device needs to enrol.
 *
 * @param id of the challenge; what is made of it has the same identifiers each time
 * @param rsaLengths in bits, of the keys that are certified
 * @param authorities the certificate of the issuing CA and those above it, nearest first
 */
public record Enrolment(
        UUID id,
        URI url,
        Binding binding,
        String challenge,
        Set<Integer> rsaLengths,
        List<X509CertificateHolder> authorities) {

    // What Apple and Windows both make, the usual one first; 1024 bits are certified nowhere.
    private static final List<Integer> LENGTHS = List.of(2048, 4096);

    public Enrolment {
        if (binding.match() == Match.PATTERN) {
            throw Inexpressible.because(
                    "match", "the names are left to the device, and such a profile spells them out");
        }
        rsaLengths = Set.copyOf(rsaLengths);
        authorities = List.copyOf(authorities);
    }

    int keyLength() {
        return LENGTHS.stream()
                .filter(rsaLengths::contains)
                .findFirst()
                .orElseThrow(() -> Inexpressible.because(
                        "profile", "these devices make RSA keys of 2048 or 4096 bits, and the profile takes neither"));
    }

    X509CertificateHolder issuer() {
        return authorities.get(0);
    }

    /** The root where it is known, else what is nearest to it. */
    X509CertificateHolder topmost() {
        return authorities.get(authorities.size() - 1);
    }

    /** The secret stays out of logs. */
    @Override
    public String toString() {
        return "Enrolment[" + id + "]";
    }
}
