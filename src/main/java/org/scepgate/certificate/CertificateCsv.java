package org.scepgate.certificate;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Certificates as comma-separated values (RFC 4180). */
final class CertificateCsv {
    static final String MEDIA_TYPE = "text/csv";
    private static final String END_OF_LINE = "\r\n";
    private static final List<String> HEADER = List.of(
            "serial",
            "ca",
            "profile",
            "deviceId",
            "subject",
            "subjectAltNames",
            "notBefore",
            "notAfter",
            "issuedAt",
            "state",
            "revokedAt",
            "revocationReason",
            "renews");

    private CertificateCsv() {}

    static String of(List<CertificateView> certificates) {
        return Stream.concat(Stream.of(HEADER.stream()), certificates.stream().map(CertificateCsv::fields))
                .map(fields -> fields.collect(Collectors.joining(",", "", END_OF_LINE)))
                .collect(Collectors.joining());
    }

    private static Stream<String> fields(CertificateView row) {
        return Stream.of(
                        row.serial(),
                        row.ca(),
                        row.profile(),
                        row.deviceId(),
                        row.subject(),
                        String.join(" ", row.subjectAltNames()),
                        row.notBefore(),
                        row.notAfter(),
                        row.issuedAt(),
                        row.state(),
                        row.revokedAt(),
                        row.revocationReason(),
                        row.renews())
                .map(CertificateCsv::field);
    }

    private static String field(Object value) {
        String text = harmless(Objects.toString(value, ""));
        // Spreadsheets of some languages split at semicolons, and what follows could begin a formula.
        boolean quoted = text.chars().anyMatch(c -> ",;\t\"\r\n".indexOf(c) >= 0);
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    /** Spreadsheets run what begins so as a formula, and a device may have chosen the name. */
    private static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
