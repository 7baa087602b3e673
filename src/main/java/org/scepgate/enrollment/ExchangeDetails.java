package org.scepgate.enrollment;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.policy.Csr;
import org.scepgate.policy.DistinguishedName;
import org.scepgate.policy.InvalidNameException;
import org.scepgate.policy.RequestedKey;
import org.scepgate.policy.Texts;
import org.scepgate.scep.FailInfo;
import org.scepgate.scep.PkiStatus;
import org.scepgate.scep.RequestDescription;

/**
 * What an audit event tells of the exchange it is about, so that whoever asks why a device fails finds each step: what
 * was sent, what was read in it, what was answered. The names of the fields are those of the transactions API.
 */
final class ExchangeDetails {
    private ExchangeDetails() {}

    static Map<String, Object> success(Exchange exchange) {
        return of(exchange, PkiStatus.SUCCESS);
    }

    static Map<String, Object> pending(Exchange exchange) {
        return of(exchange, PkiStatus.PENDING);
    }

    static Map<String, Object> failure(Exchange exchange, FailInfo failInfo) {
        Map<String, Object> details = of(exchange, PkiStatus.FAILURE);
        details.put("failInfo", failInfo.name());
        details.put("failInfoText", Replies.REFUSED);
        return details;
    }

    private static Map<String, Object> of(Exchange exchange, PkiStatus pkiStatus) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("profile", exchange.endpoint().profile().name());
        details.put("messageType", exchange.received().messageType());
        details.put("transactionId", exchange.transactionId());
        details.put(
                "userAgent", exchange.sender().userAgent().map(exchange::hide).orElse(null));
        details.put("algorithms", algorithms(exchange.description()));
        details.put("signer", signer(exchange));
        // What a GetCert or a GetCRL asks for is the event's serial.
        details.put(
                "asked",
                exchange.received()
                        .certification()
                        .map(enrolment -> asked(exchange, enrolment))
                        .orElse(null));
        details.put("authorization", exchange.authorization().isEmpty() ? null : exchange.authorization());
        details.put("pkiStatus", pkiStatus.name());
        details.values().removeIf(value -> value == null);
        return details;
    }

    private static Map<String, Object> algorithms(RequestDescription description) {
        Map<String, Object> algorithms = new LinkedHashMap<>();
        algorithms.put("digest", description.digest());
        algorithms.put("signature", description.signature());
        description.contentEncryption().ifPresent(name -> algorithms.put("contentEncryption", name));
        algorithms.put("keyTransport", description.keyTransport());
        return algorithms;
    }

    private static Map<String, Object> signer(Exchange exchange) {
        X509CertificateHolder signer = exchange.replyTo().signer();
        Map<String, Object> details = new LinkedHashMap<>();
        if (exchange.namesSigner()) {
            details.put("subject", shown(exchange, text(signer.getSubject())));
            details.put("issuer", shown(exchange, text(signer.getIssuer())));
        }
        details.put("key", RequestedKey.of(signer.getSubjectPublicKeyInfo()).toString());
        details.put("publicKeySha256", Csr.sha256Of(signer.getSubjectPublicKeyInfo()));
        return details;
    }

    private static Map<String, Object> asked(Exchange exchange, Received.Enrolment enrolment) {
        Csr csr = enrolment.request().csr();
        return Map.of(
                "subject", shown(exchange, csr.subject().toString()),
                "subjectAltNames", shown(exchange, namesIn(csr)),
                "key", csr.key().toString());
    }

    private static String namesIn(Csr csr) {
        String supported = csr.subjectAltNames().toString();
        String unsupported = String.join(", ", csr.unsupportedSans());
        return supported.isEmpty() || unsupported.isEmpty() ? supported + unsupported : supported + ", " + unsupported;
    }

    private static String shown(Exchange exchange, String text) {
        return Texts.shortened(exchange.hide(text));
    }

    private static String text(X500Name name) {
        try {
            return DistinguishedName.of(name).toString();
        } catch (InvalidNameException | RuntimeException unreadable) {
            // A stranger's name, in a certificate that nobody judges, must not keep an event from being recorded.
            return "(unreadable)";
        }
    }
}
