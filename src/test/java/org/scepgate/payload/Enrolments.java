package org.scepgate.payload;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.policy.AllowedKeys;
import org.scepgate.policy.Binding;
import org.scepgate.policy.InvalidBindingException;
import org.scepgate.policy.RequestedAltNames;
import org.scepgate.policy.RequestedBinding;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestProfile;
import org.scepgate.testing.TestSigner;

/** Challenges as they are handed on. */
final class Enrolments {
    static final UUID ID = UUID.fromString("0198f3a2-7b1c-7cc3-9f4e-2b6d1a5c8e90");
    static final String SECRET = "7kQvR2mZpXc9TfWn4bHsYdJe";
    static final X509CertificateHolder CA =
            TestSigner.of(TestKeys.rsa()).subject("CN=Acme CA").build().certificate();
    static final RequestedAltNames ALL = new RequestedAltNames(
            List.of("a.acme.example", "b.acme.example"),
            List.of("a@acme.example"),
            List.of("urn:device:42"),
            List.of(),
            List.of("user@corp.example"));

    private Enrolments() {}

    static Enrolment of(String subject, RequestedAltNames names, String match, Set<Integer> lengths) {
        try {
            RequestedBinding asked = new RequestedBinding(
                    subject, names == null ? RequestedAltNames.NONE : names, match, null, null, null, "P30D");
            Binding binding = Binding.of(
                    asked,
                    TestProfile.named("wifi")
                            .keys(new AllowedKeys(lengths, Set.of("P-256")))
                            .build());
            URI url = URI.create("https://scep.example.com/scep/wifi");
            return new Enrolment(ID, url, binding, SECRET, lengths, List.of(CA));
        } catch (InvalidBindingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Enrolment of(String subject) {
        return of(subject, ALL, "exact", Set.of(2048, 3072));
    }
}
