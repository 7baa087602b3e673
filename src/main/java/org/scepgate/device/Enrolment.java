package org.scepgate.device;

import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.scepgate.platform.SerialNumbers;
import org.scepgate.scep.CertRep;
import org.scepgate.scep.IssuerAndSubject;
import org.scepgate.scep.PkiRequest;
import org.scepgate.scep.PkiRequestEncoder;
import org.scepgate.scep.TransactionId;

/** One transaction for a certificate: asked for, maybe polled for, and judged when it comes. */
final class Enrolment {
    private final PkiSession session;
    private final PKCS10CertificationRequest csr;
    private final boolean renewal;
    private final TransactionId id = PkiSession.newTransaction();

    private Enrolment(PkiSession session, PKCS10CertificationRequest csr, boolean renewal) {
        this.session = session;
        this.csr = csr;
        this.renewal = renewal;
    }

    static Enrolment of(PkiSession session, PKCS10CertificationRequest csr) {
        return new Enrolment(session, csr, false);
    }

    boolean isRenewal() {
        return renewal;
    }

    /** By a session whose signer is the old certificate. */
    static Enrolment renewal(PkiSession session, PKCS10CertificationRequest csr) {
        return new Enrolment(session, csr, true);
    }

    /** What was asked for. */
    record Issued(X509CertificateHolder certificate, List<X509CertificateHolder> chain) {

        /** As the server's audit log has it. */
        String serial() {
            return SerialNumbers.hex(certificate.getSerialNumber());
        }
    }

    CertRep ask() throws CommandException {
        return exchange(request());
    }

    CertRep askAgain() throws CommandException {
        // A CertPoll has no challenge, so nobody could encrypt its answer to an elliptic key: the request itself does.
        return exchange(session.signer().canDecrypt() ? session.requests().certPoll(names(), id) : request());
    }

    /** Sends what {@link #request} made, and reads the answer. */
    CertRep exchange(PkiRequest request) throws CommandException {
        return session.read(session.send(request), request);
    }

    /** To be sent. */
    PkiRequest request() {
        PkiRequestEncoder requests = session.requests();
        // A server without RenewalReq may know the draft's way: PKCSReq, signed with the old certificate.
        boolean renewalReq = renewal && session.server().capabilities().has("Renewal");
        return renewalReq ? requests.renewalReq(csr, id) : requests.pkcsReq(csr, id);
    }

    private IssuerAndSubject names() throws CommandException {
        X509CertificateHolder issuer = session.server()
                .authority()
                .findIssuer()
                .orElseThrow(() -> CommandException.fault("GetCACert gave no CA certificate"));
        return new IssuerAndSubject(issuer.getSubject(), csr.getSubject());
    }

    /** Believes a certificate only for its own key and from the CA that GetCACert showed. */
    Issued judge(CertRep.Success success) throws CommandException {
        X509CertificateHolder certificate = success.findCertificateOf(csr.getSubjectPublicKeyInfo())
                .orElseThrow(() -> CommandException.fault("the answer holds no certificate for the requested key"));
        List<X509CertificateHolder> known = session.server().authority().certificates();
        Authority all = new Authority(Stream.concat(known.stream(), success.certificates().stream())
                .distinct()
                .toList());
        List<X509CertificateHolder> chain = all.chainOf(certificate);
        if (chain.stream().noneMatch(known::contains)) {
            throw CommandException.fault("the issued certificate does not chain to the CA of GetCACert");
        }
        return new Issued(certificate, chain);
    }
}
