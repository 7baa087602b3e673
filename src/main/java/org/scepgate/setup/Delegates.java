package org.scepgate.setup;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.ca.KeyEntry;
import org.scepgate.ca.KeyKind;
import org.scepgate.ca.KeyVault;
import org.scepgate.ca.UnusableKeyException;
import picocli.CommandLine.Option;

/** The RA and the OCSP responder, to which a CA delegates what its own key is too precious for. */
final class Delegates {
    static final String CA = "ca";
    static final String RA = "ra";
    static final String OCSP = "ocsp";
    static final List<String> ALL = List.of(CA, RA, OCSP);

    @Option(
            names = "--ra-algorithm",
            defaultValue = "rsa2048",
            description = "the RA's key; RSA, for devices encrypt to it (default: ${DEFAULT-VALUE})")
    private KeyKind raAlgorithm;

    @Option(
            names = "--delegate-validity",
            paramLabel = "DAYS",
            defaultValue = "1095",
            description = "how long the RA and the OCSP responder are valid (default: ${DEFAULT-VALUE})")
    private int days;

    private final Certificates certificates = new Certificates();

    void requireUsable() throws SetupException {
        if (!raAlgorithm.isRsa()) {
            throw new SetupException("--ra-algorithm must be rsa2048, rsa3072 or rsa4096");
        }
        if (days < 1) {
            throw new SetupException("--delegate-validity must be at least a day");
        }
    }

    void makeRegistrationAuthority(KeyVault vault, KeyEntry ca) throws UnusableKeyException {
        vault.make(
                RA,
                raAlgorithm,
                (key, info) -> chain(certificates.registrationAuthority(ca, named(ca, "RA"), validity(), info), ca));
    }

    void makeOcspResponder(KeyVault vault, KeyEntry ca) throws UnusableKeyException {
        vault.make(
                OCSP,
                ca.isRsa() ? KeyKind.RSA2048 : KeyKind.EC256,
                (key, info) -> chain(certificates.ocspResponder(ca, named(ca, "OCSP"), validity(), info), ca));
    }

    static void tell(PrintWriter out, VaultOptions place) {
        out.println("In application.properties (or the environment):");
        place.settings(ALL).forEach(out::println);
        out.println("scepgate.profiles.demo.ca=" + place.name());
    }

    private Validity validity() {
        return Validity.of(Duration.ofDays(days));
    }

    private static List<X509CertificateHolder> chain(X509CertificateHolder issued, KeyEntry ca) {
        return Stream.concat(Stream.of(issued, ca.certificate()), ca.chain().stream())
                .toList();
    }

    // Beside the CA: the name of the CA with another common name.
    private static X500Name named(KeyEntry ca, String role) {
        X500Name issuer = ca.certificate().getSubject();
        RDN[] names = issuer.getRDNs();
        for (int i = 0; i < names.length; i++) {
            if (!names[i].isMultiValued() && names[i].getFirst().getType().equals(BCStyle.CN)) {
                String own = IETFUtils.valueToString(names[i].getFirst().getValue());
                names[i] = new RDN(BCStyle.CN, new DERUTF8String(own + " " + role));
                return new X500Name(names);
            }
        }
        X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        Stream.of(names).forEach(rdn -> name.addMultiValuedRDN(rdn.getTypesAndValues()));
        return name.addRDN(BCStyle.CN, role).build();
    }
}
