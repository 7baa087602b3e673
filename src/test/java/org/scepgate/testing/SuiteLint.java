package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Every certificate and CRL that a database of the tests holds, under {@link CertificateLint}; the URLs in each
 * certificate against what the servers of the run were configured to write; and its names and usages against what it was
 * issued for: its challenge, the certificate that it renews, or the request that a person approved.
 */
public record SuiteLint(int certificates, int compared, int crls) {
    private static final Set<ASN1ObjectIdentifier> ALWAYS = Set.of(
            Extension.basicConstraints,
            Extension.keyUsage,
            Extension.subjectKeyIdentifier,
            Extension.authorityKeyIdentifier);
    /** Which of them, and with what in them, is compared with where each certificate comes from. */
    private static final Set<ASN1ObjectIdentifier> SOMETIMES = Set.of(
            Extension.extendedKeyUsage,
            Extension.subjectAlternativeName,
            Grant.ACCOUNT,
            Extension.cRLDistributionPoints,
            Extension.authorityInfoAccess);
    /** Rows that are in memory at a time: a long run leaves tens of thousands. */
    private static final int ROWS = 1000;

    public static SuiteLint of(TestPostgres.Database database) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            // Else the driver fetches all at once.
            connection.setAutoCommit(false);
            statement.setFetchSize(ROWS);
            SuiteLint linted = certificates(statement);
            return new SuiteLint(linted.certificates, linted.compared, crls(statement));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SuiteLint certificates(Statement statement) throws SQLException, IOException {
        StartedServers servers = StartedServers.ofThisRun();
        int certificates = 0;
        int compared = 0;
        ResultSet rows = statement.executeQuery(LintedCertificate.QUERY);
        while (rows.next()) {
            LintedCertificate linted = LintedCertificate.of(rows);
            CertificateLint.accepts(linted.certificate());
            requireNoStrangeExtension(linted.certificate());
            linted.requireUrls(servers);
            certificates++;
            compared += linted.isComparedWithItsOrigin(servers) ? 1 : 0;
        }
        return new SuiteLint(certificates, compared, 0);
    }

    private static int crls(Statement statement) throws SQLException, IOException {
        int crls = 0;
        ResultSet rows = statement.executeQuery("select der from crl");
        while (rows.next()) {
            CertificateLint.accepts(new X509CRLHolder(rows.getBytes("der")));
            crls++;
        }
        return crls;
    }

    private static void requireNoStrangeExtension(X509CertificateHolder certificate) {
        Set<ASN1ObjectIdentifier> found = new HashSet<>(types(certificate));
        assertThat(found).containsAll(ALWAYS);
        found.removeAll(ALWAYS);
        assertThat(SOMETIMES).as("%s", certificate.getSubject()).containsAll(found);
        Extensions extensions = certificate.getExtensions();
        assertThat(types(certificate))
                .filteredOn(type -> extensions.getExtension(type).isCritical())
                .as("critical")
                .contains(Extension.basicConstraints, Extension.keyUsage)
                .isSubsetOf(Extension.basicConstraints, Extension.keyUsage, Extension.subjectAlternativeName);
    }

    private static List<ASN1ObjectIdentifier> types(X509CertificateHolder certificate) {
        return List.of(certificate.getExtensions().getExtensionOIDs());
    }
}
