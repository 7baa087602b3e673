package org.scepgate.policy;

/** What the policy grants, for tests of other rooms. */
public final class GrantedTemplate {
    private GrantedTemplate() {}

    public static CertificateTemplate of(String subject) {
        return new CertificateTemplate(
                Requests.request(Requests.csr(subject, Requests.KEY)),
                Requests.binding(subject, Requests.dns(), "exact"),
                Requests.NOW);
    }
}
