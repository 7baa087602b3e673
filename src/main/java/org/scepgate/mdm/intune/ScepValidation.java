package org.scepgate.mdm.intune;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.asn1.x500.style.RFC4519Style;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.challenge.PresentedRequest;

/** Intune's validation API: one question and two messages on a request, all answered with a code. */
final class ScepValidation {
    // E_UNEXPECTED, a signed number of 32 bits.
    private static final int UNEXPECTED = 0x8000FFFF;
    private static final String FAULT = "The certification authority failed to issue the certificate.";
    /** Intune gives it back where it wants a certificate revoked; nothing here needs it. */
    private static final String CA_CONFIGURATION = "Scepgate";

    private final MicrosoftCalls calls;
    private final String callerInfo;

    ScepValidation(MicrosoftCalls calls, String callerInfo) {
        this.calls = calls;
        this.callerInfo = callerInfo;
    }

    Uni<ScepAnswer> validate(PresentedRequest request) {
        return post(Action.VALIDATE, "request", base(request));
    }

    Uni<ScepAnswer> notifySuccess(PresentedRequest request, X509CertificateHolder certificate) {
        String issuer = RFC4519Style.INSTANCE.toString(certificate.getIssuer());
        return post(
                Action.NOTIFY_SUCCESS,
                "notification",
                base(request)
                        .put("certificateThumbprint", sha1(certificate))
                        .put("certificateSerialNumber", Serials.text(certificate.getSerialNumber()))
                        .put(
                                "certificateExpirationDateUtc",
                                certificate.getNotAfter().toInstant().toString())
                        .put("issuingCertificateAuthority", issuer)
                        .put("caConfiguration", CA_CONFIGURATION)
                        .put("certificateAuthority", issuer));
    }

    Uni<ScepAnswer> notifyFailure(PresentedRequest request) {
        return post(
                Action.NOTIFY_FAILURE,
                "notification",
                base(request).put("hResult", UNEXPECTED).put("errorDescription", FAULT));
    }

    private JsonObject base(PresentedRequest request) {
        return new JsonObject()
                .put("transactionId", request.transactionId())
                .put("certificateRequest", Base64.getEncoder().encodeToString(request.csr()))
                .put("callerInfo", callerInfo);
    }

    private Uni<ScepAnswer> post(Action action, String name, JsonObject content) {
        return calls.post(action, new JsonObject().put(name, content)).map(ScepAnswer::of);
    }

    /** Windows' name for a certificate. */
    private static String sha1(X509CertificateHolder certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException | IOException impossible) {
            throw new IllegalStateException("a certificate that was signed has a digest", impossible);
        }
    }
}
