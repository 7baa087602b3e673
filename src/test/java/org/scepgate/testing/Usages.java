package org.scepgate.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * What a key may be used for.
 *
 * @param bits as {@link KeyUsage} numbers them
 * @param purposes OIDs of the extended key usage, in order; empty where there is no such extension
 */
record Usages(int bits, List<String> purposes) {
    private static final Map<String, Integer> BITS = Map.of(
            "digitalSignature", KeyUsage.digitalSignature,
            "nonRepudiation", KeyUsage.nonRepudiation,
            "keyEncipherment", KeyUsage.keyEncipherment,
            "dataEncipherment", KeyUsage.dataEncipherment,
            "keyAgreement", KeyUsage.keyAgreement);
    private static final Map<String, String> PURPOSES = Map.of(
            "clientAuth", KeyPurposeId.id_kp_clientAuth.getId(),
            "serverAuth", KeyPurposeId.id_kp_serverAuth.getId(),
            "emailProtection", KeyPurposeId.id_kp_emailProtection.getId());

    /** By their names in the API and in the settings; a purpose without one is its OID. */
    static Usages named(List<String> keyUsage, List<String> extendedKeyUsage) {
        return new Usages(
                keyUsage.stream().mapToInt(BITS::get).reduce(0, (all, bit) -> all | bit),
                extendedKeyUsage.stream()
                        .map(name -> PURPOSES.getOrDefault(name, name))
                        .toList());
    }

    static Usages of(JsonNode binding) {
        return named(texts(binding.get("keyUsage")), texts(binding.get("extendedKeyUsage")));
    }

    static Usages in(X509CertificateHolder certificate) {
        KeyUsage usage = KeyUsage.fromExtensions(certificate.getExtensions());
        ExtendedKeyUsage purposes = ExtendedKeyUsage.fromExtensions(certificate.getExtensions());
        return new Usages(
                ASN1BitString.getInstance(usage.toASN1Primitive()).intValue(),
                purposes == null
                        ? List.of()
                        : Arrays.stream(purposes.getUsages())
                                .map(KeyPurposeId::getId)
                                .toList());
    }

    /** RFC 8813: an elliptic key enciphers no other; RFC 3279: an RSA key agrees on none. */
    Usages forKeyOf(X509CertificateHolder certificate) {
        boolean elliptic = certificate
                .getSubjectPublicKeyInfo()
                .getAlgorithm()
                .getAlgorithm()
                .equals(X9ObjectIdentifiers.id_ecPublicKey);
        int never = elliptic ? KeyUsage.keyEncipherment | KeyUsage.dataEncipherment : KeyUsage.keyAgreement;
        return new Usages(bits & ~never, purposes);
    }

    /** Those of them that a profile grants: what is left in a renewal. An absent extension restricts nothing. */
    Usages within(Usages profile) {
        boolean oneIsOpen = purposes.isEmpty() || profile.purposes.isEmpty();
        List<String> either = purposes.isEmpty() ? profile.purposes : purposes;
        List<String> both = purposes.stream().filter(profile.purposes::contains).toList();
        return new Usages(bits & profile.bits, oneIsOpen ? either : both);
    }

    /** Whether these allow nothing that the others do not. */
    boolean isPartOf(Usages granted) {
        boolean narrower = granted.purposes.isEmpty() || !purposes.isEmpty() && granted.purposes.containsAll(purposes);
        return (bits & ~granted.bits) == 0 && narrower;
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
