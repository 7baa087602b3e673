package org.scepgate.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Certificates and revocations as they were written down outside the database: in the JSON lines of a server's log, of
 * {@code GET /api/v1/audit} or of a webhook's receiver, and in certificates that devices gave.
 */
final class OutsideRecords {
    private static final Set<String> HELD_BY_A_DEVICE =
            Set.of("certificate.issued", "certificate.renewed", "certificate.reissued", "certificate.collected");
    private static final String REVOKED = "certificate.revoked";
    private static final String UNHELD = "certificate.unheld";
    private static final String OBJECT = "certificate/";
    private static final int NO_CA = -1;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, OutsideCertificate> certificates = new LinkedHashMap<>();

    Collection<OutsideCertificate> certificates() {
        return certificates.values();
    }

    /** Reads the lines of a file that are about certificates, oldest first. */
    void readLines(Path file) throws CannotVerifyException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                object(line).ifPresent(this::add);
            }
        } catch (IOException unreadable) {
            throw new CannotVerifyException("cannot read " + file);
        }
    }

    /** What is no JSON is a line of a start-up, or of another program in the same file. */
    private Optional<JsonNode> object(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(json.readTree(line)).filter(JsonNode::isObject);
        } catch (JsonProcessingException cutOff) {
            return Optional.empty();
        }
    }

    private void add(JsonNode line) {
        // A line of the log has the fields of its event as "mdc", an event of the audit log as "details".
        JsonNode event = line.path("mdc").isObject() ? line.get("mdc") : line;
        JsonNode details = event.path("details").isObject() ? event.get("details") : event;
        String action = first(event, "action", "type");
        String serial =
                details.path("serial").asText(serialIn(event.path("object").asText("")));
        boolean isAbout = HELD_BY_A_DEVICE.contains(action) || REVOKED.equals(action) || UNHELD.equals(action);
        if (isAbout && !serial.isEmpty()) {
            add(action, at(serial), new Told(first(line, "timestamp", "at", "time"), event, details));
        }
    }

    private record Told(String at, JsonNode event, JsonNode details) {}

    private static void add(String action, OutsideCertificate certificate, Told told) {
        for (String name : List.of("ca", "profile", "subject", "deviceId", "challengeId", "notAfter", "renews")) {
            certificate.learn(name, told.details().path(name).asText(null));
        }
        if (REVOKED.equals(action)) {
            certificate.revoked(told.at(), told.event().path("reason").asText(null));
        } else if (UNHELD.equals(action)) {
            certificate.unheld();
        } else {
            certificate.learn("issuedAt", told.at());
        }
    }

    private OutsideCertificate at(String serial) {
        return certificates.computeIfAbsent(serial, OutsideCertificate::new);
    }

    private static String serialIn(String object) {
        return object.startsWith(OBJECT) ? object.substring(OBJECT.length()) : "";
    }

    private static String first(JsonNode object, String... names) {
        return Stream.of(names)
                .map(name -> object.path(name).asText(""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Reads every certificate, PEM or DER, in a folder and below; CAs are left out. */
    void readCertificates(Path folder) throws CannotVerifyException {
        for (Path file : filesIn(folder)) {
            try (InputStream content = Files.newInputStream(file)) {
                for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(content)) {
                    add((X509Certificate) one);
                }
            } catch (IOException | CertificateException unreadable) {
                throw new CannotVerifyException(file + " is no certificate");
            }
        }
    }

    private static List<Path> filesIn(Path folder) throws CannotVerifyException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(files.filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .toList());
        } catch (IOException unreadable) {
            throw new CannotVerifyException("cannot read " + folder);
        }
    }

    private void add(X509Certificate certificate) {
        if (certificate.getBasicConstraints() != NO_CA) {
            return;
        }
        String hex = certificate.getSerialNumber().toString(16);
        OutsideCertificate known = at(hex.length() % 2 == 0 ? hex : "0" + hex);
        known.learn("issuer", certificate.getIssuerX500Principal().getName());
        known.learn("subject", certificate.getSubjectX500Principal().getName());
        known.learn("notAfter", certificate.getNotAfter().toInstant().toString());
    }
}
