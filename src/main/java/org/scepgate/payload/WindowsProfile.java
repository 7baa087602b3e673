package org.scepgate.payload;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.scepgate.policy.ExtendedKeyUsage;
import org.scepgate.policy.KeyUsage;
import org.scepgate.policy.SubjectAltNames;

/** SyncML for the ClientCertificateInstall CSP that lets a Windows device enrol with a challenge. */
public final class WindowsProfile {
    public static final String MEDIA_TYPE = "application/vnd.ms-windows.csp+xml";

    // What CertStrToName knows; every other type is a dotted OID.
    private static final NameTexts NAMES = new NameTexts(Map.of(
            "2.5.4.6", "C",
            "2.5.4.7", "L",
            "2.5.4.8", "S",
            "2.5.4.10", "O",
            "2.5.4.11", "OU",
            "2.5.4.3", "CN",
            "0.9.2342.19200300.100.1.25", "DC",
            "1.2.840.113549.1.9.1", "E"));
    private static final String MUST_BE_QUOTED = ",=+\"\n<>#;";

    /** The bits of the first byte of the extension, RFC 5280 section 4.2.1.3. */
    private static final Map<KeyUsage, Integer> USAGE_BITS = Map.of(
            KeyUsage.DIGITAL_SIGNATURE, 0x80,
            KeyUsage.NON_REPUDIATION, 0x40,
            KeyUsage.KEY_ENCIPHERMENT, 0x20,
            KeyUsage.DATA_ENCIPHERMENT, 0x10);

    private static final int NEEDED_BITS = 0xA0;
    private static final int RETRIES = 3;
    private static final int RETRY_DELAY_MINUTES = 1;

    private final Enrolment enrolment;

    private WindowsProfile(Enrolment enrolment) {
        this.enrolment = enrolment;
    }

    /** Fails with an {@code ApiException} where the format has no words for what is bound. */
    public static byte[] of(Enrolment enrolment) {
        WindowsProfile profile = new WindowsProfile(enrolment);
        return SyncMl.of("./Device/Vendor/MSFT/ClientCertificateInstall/SCEP/" + enrolment.id(), profile.install());
    }

    private Map<String, Object> install() {
        Map<String, Object> install = new LinkedHashMap<>();
        install.put("ServerURL", enrolment.url().toString());
        install.put("Challenge", base64(enrolment.challenge()));
        install.put("CAThumbprint", HexFormat.of().withUpperCase().formatHex(Fingerprint.of(enrolment.topmost())));
        install.put("SubjectName", subject());
        String names = names();
        if (!names.isEmpty()) {
            install.put("SubjectAlternativeNames", names);
        }
        install.put("EKUMapping", purposes());
        install.put("KeyUsage", usage());
        install.put("KeyLength", enrolment.keyLength());
        install.put("HashAlgorithm", "SHA-2");
        install.put("RetryCount", RETRIES);
        install.put("RetryDelay", RETRY_DELAY_MINUTES);
        long days = enrolment.binding().validity().toDays();
        if (days > 0) {
            install.put("ValidPeriod", "Days");
            install.put("ValidPeriodUnits", Math.toIntExact(days));
        }
        return install;
    }

    /** As people write it, with the device's own name first. */
    private String subject() {
        List<List<NameTexts.Attribute>> rdns =
                new ArrayList<>(NAMES.of(enrolment.binding().subject()));
        Collections.reverse(rdns);
        return rdns.stream()
                .map(rdn -> rdn.stream().map(WindowsProfile::quoted).collect(Collectors.joining("+")))
                .collect(Collectors.joining(", "));
    }

    private static String quoted(NameTexts.Attribute attribute) {
        String text = attribute.text();
        boolean plain = text.strip().equals(text) && text.chars().allMatch(c -> MUST_BE_QUOTED.indexOf(c) < 0);
        return attribute.type() + "=" + (plain ? text : '"' + text.replace("\"", "\"\"") + '"');
    }

    /** The numbers are those of Windows' AlternativeNameType. */
    private String names() {
        SubjectAltNames bound = enrolment.binding().subjectAltNames();
        List<String> names = new ArrayList<>();
        add(names, "3", bound.dns());
        add(names, "2", bound.email());
        add(names, "7", bound.uri());
        add(names, "8", bound.ip());
        add(names, "11", bound.upn());
        return String.join(";", names);
    }

    private static void add(List<String> names, String type, List<String> texts) {
        for (String text : texts) {
            if (text.indexOf(';') >= 0) {
                throw Inexpressible.because("subjectAltNames", "Windows takes a semicolon for the end of a name");
            }
            names.add(type + "+" + text);
        }
    }

    private String purposes() {
        List<ExtendedKeyUsage> purposes = enrolment.binding().extendedKeyUsage();
        if (purposes.isEmpty()) {
            throw Inexpressible.because("extendedKeyUsage", "Windows enrols for at least one purpose");
        }
        return purposes.stream().map(ExtendedKeyUsage::oid).collect(Collectors.joining("+"));
    }

    private int usage() {
        int bits = enrolment.binding().keyUsage().stream()
                .mapToInt(usage -> USAGE_BITS.getOrDefault(usage, 0))
                .sum();
        if ((bits & NEEDED_BITS) == 0) {
            throw Inexpressible.because("keyUsage", "Windows needs digitalSignature or keyEncipherment");
        }
        return bits;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
