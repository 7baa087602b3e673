package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.testing.CertificateLint;

/** The linter pkilint, which must find nothing that is a warning or worse. */
record PkiLint(Path folder) {
    static final String PACKAGES = "python3-venv, and by pip pkilint==0.13.3";

    /** With OpenSSL's strict look at the chain, and our own lint. */
    void requireFaultless(X509CertificateHolder certificate, X509CertificateHolder authority) throws IOException {
        CertificateLint.accepts(certificate);
        Path file = Files.write(folder.resolve("linted.der"), certificate.getEncoded());
        Path issuer = Files.write(folder.resolve("issuer.der"), authority.getEncoded());
        SystemProgram openssl = SystemProgram.require("openssl", "openssl");
        openssl.run(folder, "x509", "-inform", "der", "-in", file + "", "-out", "linted.pem", "-text");
        openssl.run(folder, "x509", "-inform", "der", "-in", issuer + "", "-out", "issuer.pem");
        openssl.run(folder, "verify", "-x509_strict", "-check_ss_sig", "-CAfile", "issuer.pem", "linted.pem");
        assertThat(findings("lint_pkix_cert", file + "")).isEmpty();
        if (!certificate.equals(authority)) {
            assertThat(findings("lint_pkix_signer_signee_cert_chain", issuer + "", file + ""))
                    .isEmpty();
        }
    }

    /** What one of its programs finds. */
    String findings(String program, String... arguments) {
        List<String> all = new ArrayList<>(List.of("lint", "-s", "WARNING"));
        all.addAll(List.of(arguments));
        return SystemProgram.require(program, PACKAGES)
                .run(folder, all.toArray(String[]::new))
                .strip();
    }
}
