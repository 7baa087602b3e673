package org.scepgate.ca;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.RevokedInfo;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.scepgate.platform.UnavailableException;

/** Signs OCSP responses (RFC 6960 section 4.2) for one key of a CA, with the key that it delegated this to. */
public final class OcspSigner {
    private static final int RETRY_AFTER_SECONDS = 60;

    private final KeyEntry responder;
    private final Duration validity;

    /** @param validity from thisUpdate to nextUpdate */
    public OcspSigner(KeyEntry responder, Duration validity) {
        this.responder = responder;
        this.validity = validity;
    }

    /** What is known of a certificate. */
    public record Answer(CertificateID asked, Optional<Revocation> revocation, boolean known) {}

    /** Since when and why a certificate is revoked. */
    public record Revocation(Instant at, RevocationReason reason) {}

    /**
     * @param nonce of the request, to be echoed (RFC 9654)
     * @return an OCSPResponse (DER)
     * @throws UnavailableException if the key does not sign
     */
    public byte[] sign(List<Answer> answers, Optional<byte[]> nonce, Instant now) {
        try {
            X509CertificateHolder certificate = responder.certificate();
            BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(new RespID(certificate.getSubject()));
            Date nextUpdate = Date.from(now.plus(validity));
            answers.forEach(answer -> builder.addResponse(answer.asked(), status(answer), Date.from(now), nextUpdate));
            if (nonce.isPresent()) {
                builder.setResponseExtensions(echo(nonce.get()));
            }
            BasicOCSPResp response =
                    builder.build(responder.signer(), new X509CertificateHolder[] {certificate}, Date.from(now));
            return new OCSPRespBuilder()
                    .build(OCSPRespBuilder.SUCCESSFUL, response)
                    .getEncoded();
        } catch (OCSPException | IOException e) {
            throw new UnavailableException("an OCSP response could not be signed", RETRY_AFTER_SECONDS, e);
        }
    }

    public Duration validity() {
        return validity;
    }

    private static Extensions echo(byte[] nonce) throws IOException {
        ASN1OctetString value = new DEROctetString(nonce);
        return new Extensions(new Extension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, value.getEncoded()));
    }

    private static CertificateStatus status(Answer answer) {
        if (!answer.known()) {
            return new UnknownStatus();
        }
        return answer.revocation().map(OcspSigner::status).orElse(CertificateStatus.GOOD);
    }

    private static CertificateStatus status(Revocation revocation) {
        // As in a CRL, unspecified is told by telling nothing.
        CRLReason reason = revocation.reason() == RevocationReason.UNSPECIFIED
                ? null
                : CRLReason.lookup(revocation.reason().code());
        return new RevokedStatus(new RevokedInfo(new ASN1GeneralizedTime(Date.from(revocation.at())), reason));
    }
}
