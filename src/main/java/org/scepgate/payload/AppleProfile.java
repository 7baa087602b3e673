package org.scepgate.payload;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.policy.KeyUsage;
import org.scepgate.policy.Match;
import org.scepgate.policy.SubjectAltNames;

/** A configuration profile (.mobileconfig) that lets an Apple device trust the CA and enrol with a challenge. */
public final class AppleProfile {
    public static final String MEDIA_TYPE = "application/x-apple-aspen-config";

    // The only short words that Apple documents; every other type is a dotted OID.
    private static final NameTexts NAMES = new NameTexts(Map.of(
            "2.5.4.6", "C", "2.5.4.7", "L", "2.5.4.8", "ST", "2.5.4.10", "O", "2.5.4.11", "OU", "2.5.4.3", "CN"));
    private static final int SIGNING = 1;
    private static final int ENCRYPTION = 4;
    private static final int RETRIES = 3;
    private static final int RETRY_DELAY_SECONDS = 10;

    private final Enrolment enrolment;

    private AppleProfile(Enrolment enrolment) {
        this.enrolment = enrolment;
    }

    /** Fails with an {@code ApiException} where the format has no words for what is bound. */
    public static byte[] of(Enrolment enrolment) {
        return PropertyList.of(new AppleProfile(enrolment).configuration());
    }

    private Map<String, Object> configuration() {
        List<Object> payloads = new ArrayList<>();
        for (int i = 0; i < enrolment.authorities().size(); i++) {
            payloads.add(authority(i, enrolment.authorities().get(i)));
        }
        payloads.add(scep());
        String profile = enrolment.binding().profile();
        Map<String, Object> configuration = payload("Configuration", "", "Certificate enrolment: " + profile);
        configuration.put("PayloadContent", payloads);
        return configuration;
    }

    private Map<String, Object> authority(int number, X509CertificateHolder certificate) {
        boolean root = certificate.getSubject().equals(certificate.getIssuer());
        Map<String, Object> payload =
                payload(root ? "com.apple.security.root" : "com.apple.security.pkcs1", ".ca" + number, "CA");
        payload.put("PayloadCertificateFileName", "ca" + number + ".cer");
        payload.put("PayloadContent", Fingerprint.der(certificate));
        return payload;
    }

    private Map<String, Object> scep() {
        Map<String, Object> payload = payload("com.apple.security.scep", ".scep", "SCEP");
        payload.put("PayloadContent", content());
        return payload;
    }

    private Map<String, Object> content() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("URL", enrolment.url().toString());
        content.put("Name", enrolment.binding().profile());
        content.put("Subject", subject());
        Map<String, Object> names = names();
        if (!names.isEmpty()) {
            content.put("SubjectAltName", names);
        }
        // Here and not beside the payload's name: there devices pass over it.
        content.put("Challenge", enrolment.challenge());
        content.put("Keysize", enrolment.keyLength());
        content.put("Key Type", "RSA");
        content.put("Key Usage", usage());
        content.put("CAFingerprint", Fingerprint.of(enrolment.issuer()));
        content.put("Retries", RETRIES);
        content.put("RetryDelay", RETRY_DELAY_SECONDS);
        content.put("KeyIsExtractable", false);
        return content;
    }

    private List<List<List<String>>> subject() {
        return NAMES.of(enrolment.binding().subject()).stream()
                .map(rdn -> rdn.stream()
                        .map(attribute -> List.of(attribute.type(), attribute.text()))
                        .toList())
                .toList();
    }

    private Map<String, Object> names() {
        SubjectAltNames bound = enrolment.binding().subjectAltNames();
        if (!bound.ip().isEmpty() && enrolment.binding().match() == Match.EXACT) {
            throw Inexpressible.because("subjectAltNames.ip", "Apple devices ask for no IP addresses: match a subset");
        }
        Map<String, Object> names = new LinkedHashMap<>();
        put(names, "rfc822Name", bound.email());
        put(names, "dNSName", bound.dns());
        put(names, "uniformResourceIdentifier", bound.uri());
        put(names, "ntPrincipalName", bound.upn());
        return names;
    }

    // One name is a string, several are an array of strings.
    private static void put(Map<String, Object> names, String key, List<String> texts) {
        if (!texts.isEmpty()) {
            names.put(key, texts.size() == 1 ? texts.get(0) : texts);
        }
    }

    private int usage() {
        Set<KeyUsage> usage = enrolment.binding().keyUsage();
        boolean signs = usage.contains(KeyUsage.DIGITAL_SIGNATURE) || usage.contains(KeyUsage.NON_REPUDIATION);
        boolean encrypts = usage.contains(KeyUsage.KEY_ENCIPHERMENT) || usage.contains(KeyUsage.DATA_ENCIPHERMENT);
        return (signs ? SIGNING : 0) | (encrypts ? ENCRYPTION : 0);
    }

    private Map<String, Object> payload(String type, String part, String displayName) {
        String identifier = "org.scepgate." + enrolment.id() + part;
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("PayloadType", type);
        payload.put("PayloadVersion", 1);
        payload.put("PayloadIdentifier", identifier);
        payload.put("PayloadUUID", uuid(identifier));
        payload.put("PayloadDisplayName", displayName);
        return payload;
    }

    private static String uuid(String identifier) {
        return UUID.nameUUIDFromBytes(identifier.getBytes(StandardCharsets.UTF_8))
                .toString()
                .toUpperCase(Locale.ROOT);
    }
}
