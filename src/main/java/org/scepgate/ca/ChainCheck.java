package org.scepgate.ca;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;

/** What keeps relying parties from building a path through a CA (RFC 5280 section 6.1), in words for its operator. */
public final class ChainCheck {
    private ChainCheck() {}

    /** @param certificates the CA's own first, then those above it */
    public static List<String> problems(List<X509CertificateHolder> certificates, Instant now) {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < certificates.size(); i++) {
            X509CertificateHolder certificate = certificates.get(i);
            if (!certificate.isValidOn(Date.from(now))) {
                problems.add(certificate.getSubject() + " is not in date");
            }
            if (i + 1 < certificates.size()) {
                addProblemsOfIssuer(problems, certificate, certificates.get(i + 1));
            }
            addProblemOfPathLength(problems, certificate, i);
        }
        return problems;
    }

    /** Whether nothing is above the last of them. */
    public static boolean reachesRoot(List<X509CertificateHolder> certificates) {
        X509CertificateHolder last = certificates.get(certificates.size() - 1);
        return last.getSubject().equals(last.getIssuer()) && KeyCheck.isSignedBy(last, last);
    }

    private static void addProblemsOfIssuer(
            List<String> problems, X509CertificateHolder certificate, X509CertificateHolder issuer) {
        if (!certificate.getIssuer().equals(issuer.getSubject()) || !KeyCheck.isSignedBy(certificate, issuer)) {
            problems.add(certificate.getSubject() + " is not issued by " + issuer.getSubject()
                    + ", which follows it in the chain");
        }
        BasicConstraints constraints = BasicConstraints.fromExtensions(issuer.getExtensions());
        KeyUsage usages = KeyUsage.fromExtensions(issuer.getExtensions());
        boolean signs = usages == null || usages.hasUsages(KeyUsage.keyCertSign);
        if (constraints == null || !constraints.isCA() || !signs) {
            problems.add(issuer.getSubject() + " is no CA certificate, or may not sign certificates");
        }
    }

    // RFC 5280 section 4.2.1.9: the CAs between this one and the leaf, which is what follows the first.
    private static void addProblemOfPathLength(List<String> problems, X509CertificateHolder certificate, int casBelow) {
        BasicConstraints constraints = BasicConstraints.fromExtensions(certificate.getExtensions());
        BigInteger allowed = constraints == null ? null : constraints.getPathLenConstraint();
        if (allowed != null && allowed.compareTo(BigInteger.valueOf(casBelow)) < 0) {
            problems.add(certificate.getSubject() + " allows a path length of " + allowed + ", but " + casBelow
                    + " CAs are below it");
        }
    }
}
