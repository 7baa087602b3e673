package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.testing.ConfiguredUrls.Issuer;

/** A certificate of the inventory, and what the database knows of how it came to be. */
record LintedCertificate(X509CertificateHolder certificate, Issuer issuer, Origin origin, Optional<JsonNode> left) {
    /**
     * What a test has put into the inventory itself says so by its digest of zeros. Of an endpoint that was asked, the
     * event tells what it left.
     */
    static final String QUERY = """
            select c.der, c.profile, c.ca, c.ca_key_sha256, c.challenge_id, cast(ch.binding as text) as binding,
                   renewed.der as renewed, c.renewed_serial, held.subject, cast(held.subject_alt_names as text) as names,
                   (select cast(a.details -> 'authorization' -> 'left' as text) from audit_event a
                    where a.object = 'certificate/' || encode(c.serial, 'hex')
                      and a.action in ('certificate.issued', 'certificate.renewed') limit 1) as remainder
            from certificate c
            left join challenge ch on ch.id = c.challenge_id
            left join certificate renewed on renewed.ca = c.ca and renewed.serial = c.renewed_serial
            left join held_request held on held.certificate_ca = c.ca and held.certificate_serial = c.serial
            where c.request_sha256 <> repeat('0', 64)
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What it goes back to, as far as it is still there: retention takes old challenges and requests away.
     *
     * @param challenged there was a challenge
     */
    record Origin(
            boolean challenged,
            Optional<JsonNode> binding,
            boolean renewing,
            Optional<X509CertificateHolder> renewed,
            Optional<String> approvedSubject,
            Optional<JsonNode> approvedNames) {

        static Origin of(ResultSet row) throws SQLException, IOException {
            byte[] renewed = row.getBytes("renewed");
            return new Origin(
                    row.getString("challenge_id") != null,
                    json(row, "binding"),
                    row.getBytes("renewed_serial") != null,
                    renewed == null ? Optional.empty() : Optional.of(new X509CertificateHolder(renewed)),
                    Optional.ofNullable(row.getString("subject")),
                    json(row, "names"));
        }

        Optional<Grant> grant(String profile, StartedServers servers) {
            if (challenged && binding.isEmpty()) {
                return Optional.empty();
            }
            if (renewing) {
                return renewed.map(old -> Grant.ofRenewal(old, binding, servers.usages(profile)));
            }
            return binding.map(Grant::ofChallenge)
                    .or(() -> approvedSubject.map(subject ->
                            Grant.ofApproval(subject, approvedNames.orElseThrow(), servers.usages(profile))));
        }
    }

    static LintedCertificate of(ResultSet row) throws SQLException, IOException {
        return new LintedCertificate(
                new X509CertificateHolder(row.getBytes("der")),
                new Issuer(row.getString("profile"), row.getString("ca"), row.getString("ca_key_sha256")),
                Origin.of(row),
                json(row, "remainder"));
    }

    private static Optional<JsonNode> json(ResultSet row, String column) throws SQLException, IOException {
        String text = row.getString(column);
        return text == null ? Optional.empty() : Optional.of(JSON.readTree(text));
    }

    void requireUrls(StartedServers servers) {
        assertThat(servers.urls(issuer))
                .as("URLs of %s by %s", certificate.getSubject(), issuer)
                .contains(ConfiguredUrls.in(certificate));
    }

    /** Whether there was something to compare it with. */
    boolean isComparedWithItsOrigin(StartedServers servers) {
        Optional<Grant> grant = origin.grant(issuer.profile(), servers);
        grant.ifPresent(this::requireGranted);
        return grant.isPresent();
    }

    private void requireGranted(Grant grant) {
        try {
            left.ifPresentOrElse(
                    remainder -> grant.requireIn(certificate, remainder), () -> grant.requireIn(certificate));
        } catch (AssertionError e) {
            throw new AssertionError(certificate.getSubject() + " of " + origin, e);
        }
    }
}
