package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Every certificate and CRL that a database of the tests holds, under {@link CertificateLint}; and the extensions of each
 * certificate against what its challenge was bound to when it was made, which is the profile where nothing was narrowed.
 */
public record SuiteLint(int certificates, int compared, int crls) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ASN1ObjectIdentifier ACCOUNT = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.25.2");
    private static final Set<ASN1ObjectIdentifier> ALWAYS = Set.of(
            Extension.basicConstraints,
            Extension.keyUsage,
            Extension.subjectKeyIdentifier,
            Extension.authorityKeyIdentifier);
    /** Where to, is a matter of the profile's URLs. */
    private static final Set<ASN1ObjectIdentifier> URLS =
            Set.of(Extension.cRLDistributionPoints, Extension.authorityInfoAccess);

    // What a test has put into the inventory itself says so by its digest of zeros. An endpoint that is asked may leave
    // less than what was bound.
    private static final String CERTIFICATES = """
            select c.der, cast(ch.binding as text) as binding from certificate c
            left join challenge ch on ch.id = c.challenge_id and c.renewed_serial is null and not exists (
                select 1 from audit_event a
                where a.object = 'certificate/' || encode(c.serial, 'hex') and a.details -> 'authorization' is not null)
            where c.request_sha256 <> repeat('0', 64)
            """;

    private static final Map<String, Integer> BITS = Map.of(
            "digitalSignature", KeyUsage.digitalSignature,
            "nonRepudiation", KeyUsage.nonRepudiation,
            "keyEncipherment", KeyUsage.keyEncipherment,
            "dataEncipherment", KeyUsage.dataEncipherment,
            "keyAgreement", KeyUsage.keyAgreement);
    private static final Map<String, KeyPurposeId> PURPOSES = Map.of(
            "clientAuth", KeyPurposeId.id_kp_clientAuth,
            "serverAuth", KeyPurposeId.id_kp_serverAuth,
            "emailProtection", KeyPurposeId.id_kp_emailProtection);

    public static SuiteLint of(TestPostgres.Database database) {
        List<X509CertificateHolder> certificates = new ArrayList<>();
        int compared = 0;
        int crls = 0;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery(CERTIFICATES);
            while (rows.next()) {
                X509CertificateHolder certificate = new X509CertificateHolder(rows.getBytes("der"));
                CertificateLint.accepts(certificate);
                requireNoStrangeExtension(certificate);
                certificates.add(certificate);
                String binding = rows.getString("binding");
                if (binding != null) {
                    requireAsBound(certificate, read(binding));
                    compared++;
                }
            }
            rows = statement.executeQuery("select der from crl");
            while (rows.next()) {
                CertificateLint.accepts(new X509CRLHolder(rows.getBytes("der")));
                crls++;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SuiteLint(certificates.size(), compared, crls);
    }

    private static void requireNoStrangeExtension(X509CertificateHolder certificate) {
        Set<ASN1ObjectIdentifier> found = new HashSet<>(types(certificate));
        assertThat(found).containsAll(ALWAYS);
        found.removeAll(ALWAYS);
        found.removeAll(URLS);
        assertThat(Set.of(Extension.extendedKeyUsage, Extension.subjectAlternativeName, ACCOUNT))
                .as("%s", certificate.getSubject())
                .containsAll(found);
        Extensions extensions = certificate.getExtensions();
        assertThat(types(certificate))
                .filteredOn(type -> extensions.getExtension(type).isCritical())
                .as("critical")
                .contains(Extension.basicConstraints, Extension.keyUsage)
                .isSubsetOf(Extension.basicConstraints, Extension.keyUsage, Extension.subjectAlternativeName);
    }

    private static void requireAsBound(X509CertificateHolder certificate, JsonNode binding) {
        Extensions extensions = certificate.getExtensions();
        String subject = certificate.getSubject() + "";
        assertThat(KeyUsage.fromExtensions(extensions)).as(subject).isEqualTo(keyUsage(certificate, binding));
        ExtendedKeyUsage purposes = ExtendedKeyUsage.fromExtensions(extensions);
        assertThat(purposes == null ? List.of() : List.of(purposes.getUsages()))
                .as(subject)
                .isEqualTo(texts(binding.get("extendedKeyUsage"))
                        .map(text -> PURPOSES.getOrDefault(text, purpose(text)))
                        .toList());
        assertThat(extensions.getExtension(ACCOUNT) != null)
                .as(subject)
                .isEqualTo(binding.hasNonNull("securityIdentifier"));
        JsonNode names = binding.get("subjectAltNames");
        boolean none = names == null || isEmpty(names);
        boolean patterns = binding.hasNonNull("patterns");
        assertThat(patterns || none == (extensions.getExtension(Extension.subjectAlternativeName) == null))
                .as("alternative names of %s: %s", subject, binding)
                .isTrue();
    }

    private static boolean isEmpty(JsonNode names) {
        boolean empty = true;
        for (JsonNode kind : names) {
            empty &= kind.isEmpty();
        }
        return empty;
    }

    /** RFC 8813: an elliptic key enciphers no other; RFC 3279: an RSA key agrees on none. */
    private static KeyUsage keyUsage(X509CertificateHolder certificate, JsonNode binding) {
        boolean elliptic = certificate
                .getSubjectPublicKeyInfo()
                .getAlgorithm()
                .getAlgorithm()
                .equals(X9ObjectIdentifiers.id_ecPublicKey);
        int never = elliptic ? KeyUsage.keyEncipherment | KeyUsage.dataEncipherment : KeyUsage.keyAgreement;
        return new KeyUsage(
                texts(binding.get("keyUsage")).mapToInt(BITS::get).reduce(0, (all, bit) -> all | bit) & ~never);
    }

    private static KeyPurposeId purpose(String oid) {
        return oid.matches("[0-9.]+") ? KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid)) : null;
    }

    private static Stream<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts.stream();
    }

    private static List<ASN1ObjectIdentifier> types(X509CertificateHolder certificate) {
        return List.of(certificate.getExtensions().getExtensionOIDs());
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
