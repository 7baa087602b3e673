package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * What a certificate was to hold when it was issued: by its challenge, by the certificate that it renews, or by the
 * request that a person approved.
 *
 * @param usages one of these, where servers were configured differently
 * @param account the value of the extension that names an account
 */
record Grant(GrantedSubject subject, GrantedNames names, Set<Usages> usages, Optional<ASN1OctetString> account) {
    static final ASN1ObjectIdentifier ACCOUNT = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.25.2");
    private static final ASN1ObjectIdentifier ACCOUNT_NAME = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.25.2.1");

    static Grant ofChallenge(JsonNode binding) {
        return new Grant(
                GrantedSubject.of(binding),
                GrantedNames.of(binding),
                Set.of(Usages.of(binding)),
                Optional.ofNullable(binding.get("securityIdentifier"))
                        .filter(JsonNode::isTextual)
                        .map(sid -> account(sid.asText())));
    }

    /** docs/authorize.md: names are the old certificate's, and usages too unless a new challenge grants them anew. */
    static Grant ofRenewal(X509CertificateHolder old, Optional<JsonNode> newBinding, Set<Usages> profiles) {
        return new Grant(
                GrantedSubject.of(old.getSubject()),
                new GrantedNames.Exactly(AltNameText.in(old)),
                newBinding
                        .map(binding -> Set.of(Usages.of(binding)))
                        .orElseGet(() -> each(profiles, Usages.in(old)::within)),
                account(old));
    }

    /** Without a challenge, a person sees the names, and the profile says the rest. */
    static Grant ofApproval(String subject, JsonNode names, Set<Usages> profiles) {
        return new Grant(GrantedSubject.of(subject), GrantedNames.exactly(names), profiles, Optional.empty());
    }

    void requireIn(X509CertificateHolder certificate) {
        requireSubject(certificate);
        names.requireWhole(AltNameText.in(certificate));
        assertThat(possible(certificate)).contains(Usages.in(certificate));
    }

    /** @param left what an endpoint that was asked has left of the grant, as the audit log tells it */
    void requireIn(X509CertificateHolder certificate, JsonNode left) {
        requireSubject(certificate);
        List<GeneralName> certified = AltNameText.in(certificate);
        assertThat(certified)
                .containsExactlyInAnyOrderElementsOf(
                        AltNameText.read(left.get("subjectAltNames").asText()));
        names.requirePart(certified);
        Usages usage = Usages.in(certificate);
        assertThat(usage).isEqualTo(Usages.named(listed(left.get("keyUsage")), listed(left.get("extendedKeyUsage"))));
        assertThat(possible(certificate)).anyMatch(usage::isPartOf, "has all that is left: " + usage);
    }

    private void requireSubject(X509CertificateHolder certificate) {
        assertThat(certificate.getSubject()).matches(subject::permits, "is the subject that was granted");
        assertThat(account(certificate)).as("account").isEqualTo(account);
    }

    private Set<Usages> possible(X509CertificateHolder certificate) {
        return each(usages, granted -> granted.forKeyOf(certificate));
    }

    private static Set<Usages> each(Set<Usages> usages, Function<Usages, Usages> change) {
        return usages.stream().map(change).collect(Collectors.toSet());
    }

    private static List<String> listed(JsonNode brackets) {
        String list = brackets.asText().replaceAll("[\\[\\]]", "");
        return list.isEmpty() ? List.of() : Arrays.asList(list.split(", "));
    }

    private static Optional<ASN1OctetString> account(X509CertificateHolder certificate) {
        return Optional.ofNullable(certificate.getExtension(ACCOUNT)).map(Extension::getExtnValue);
    }

    /** MS-WCCE, 2.2.2.7.7.4. */
    private static ASN1OctetString account(String securityIdentifier) {
        DEROctetString text = new DEROctetString(securityIdentifier.getBytes(StandardCharsets.US_ASCII));
        DERSequence name = new DERSequence(new ASN1Encodable[] {ACCOUNT_NAME, new DERTaggedObject(true, 0, text)});
        try {
            return new DEROctetString(new DERSequence(new DERTaggedObject(false, GeneralName.otherName, name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
