package org.scepgate.device;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.scep.UntrustedReplyException;

/** Judges GetCACert: its form, and each certificate in it as the known clients do (RFC 8894 section 4.2). */
final class CertificateCheck {
    private static final String ABOUT = "GetCACert";
    private static final Duration SOON = Duration.ofDays(30);
    private static final KeyPurposeId ENROLLMENT_AGENT =
            KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.1"));

    private final Diagnosis diagnosis;
    private final Instant now;

    CertificateCheck(Diagnosis diagnosis, Instant now) {
        this.diagnosis = diagnosis;
        this.now = now;
    }

    Optional<Authority> judge(HttpAnswer answer) {
        if (!answer.isOk()) {
            diagnosis.problem(ABOUT, "HTTP " + answer.status());
            return Optional.empty();
        }
        try {
            Authority authority = Authority.read(answer);
            judgeType(answer, authority);
            judgeLayout(authority);
            authority.certificates().forEach(certificate -> judge(certificate, authority));
            return Optional.of(authority).filter(some -> !some.certificates().isEmpty());
        } catch (UntrustedReplyException e) {
            diagnosis.problem(ABOUT, e.getMessage());
            return Optional.empty();
        }
    }

    private void judgeType(HttpAnswer answer, Authority authority) {
        String expected = authority.certificates().size() == 1 && !looksLikeBundle(answer)
                ? Authority.CA_ALONE
                : Authority.CA_AND_RA;
        String type = answer.contentType().orElse("missing");
        String why = type.contains(";") ? ": certmonger, Apple and FleetDM compare the whole header" : "";
        diagnosis.require(
                type.equals(expected),
                ABOUT,
                "the content type is exactly " + expected,
                "the content type is \"" + type + "\" and should be exactly " + expected + why);
    }

    private static boolean looksLikeBundle(HttpAnswer answer) {
        return answer.contentType()
                .filter(type -> type.startsWith(Authority.CA_AND_RA))
                .isPresent();
    }

    private void judgeLayout(Authority authority) {
        List<X509CertificateHolder> agents = authority.registrationAuthorities();
        if (authority.findIssuer().isEmpty()) {
            diagnosis.problem(ABOUT, "there is no CA certificate in it");
        }
        if (agents.isEmpty()) {
            authority.findIssuer().ifPresent(this::judgeCaAlone);
        } else if (agents.size() == 1) {
            diagnosis.ok(ABOUT, "one RA certificate signs and decrypts; PyScep alone cannot do with that");
        } else {
            diagnosis.note(ABOUT, agents.size() + " RA certificates; XiPKI's client cannot do with several");
        }
        if (!agents.isEmpty() && Authority.isCa(authority.certificates().get(0))) {
            diagnosis.note(ABOUT, "the RA certificate does not come first, where old clients look for it");
        }
        boolean root = authority.cas().stream().anyMatch(Authority::isSelfIssued);
        diagnosis.ok(ABOUT, root ? "the root is included" : "the root is not included: devices must know it already");
    }

    private void judgeCaAlone(X509CertificateHolder ca) {
        diagnosis.require(
                Authority.may(ca, KeyUsage.digitalSignature | KeyUsage.keyEncipherment),
                ABOUT,
                "the CA itself talks to devices",
                "there is no RA and the CA's keyUsage lacks digitalSignature or keyEncipherment: Apple's devices stop");
    }

    private void judge(X509CertificateHolder certificate, Authority authority) {
        String about = (Authority.isCa(certificate) ? "CA " : "RA ") + certificate.getSubject();
        diagnosis.ok(about, "SHA-256 " + Fingerprint.sha256(certificate));
        diagnosis.ok(about, "SHA-1 " + Fingerprint.sha1(certificate) + " (Windows' CAThumbprint, old devices)");
        judgeDates(certificate, about);
        if (!Authority.isCa(certificate)) {
            judgeAgent(certificate, authority, about);
        } else if (!Authority.isSelfIssued(certificate)) {
            boolean complete = !authority.chainOf(certificate).isEmpty();
            diagnosis.ok(about, complete ? "its issuer is included" : "its issuer is not included");
        }
    }

    private void judgeDates(X509CertificateHolder certificate, String about) {
        Instant end = certificate.getNotAfter().toInstant();
        if (certificate.getNotBefore().toInstant().isAfter(now)) {
            diagnosis.problem(
                    about,
                    "it is not valid before " + certificate.getNotBefore().toInstant());
        } else if (end.isBefore(now)) {
            diagnosis.problem(about, "it expired on " + end);
        } else if (end.isBefore(now.plus(SOON))) {
            diagnosis.note(about, "it expires soon, on " + end);
        } else {
            diagnosis.ok(about, "it is valid until " + end);
        }
    }

    private void judgeAgent(X509CertificateHolder agent, Authority authority, String about) {
        diagnosis.require(
                !authority.chainOf(agent).isEmpty(),
                about,
                "it was issued by the CA",
                "it was issued by none of the CAs here, so devices have no reason to trust it");
        diagnosis.require(
                agent.getSubjectPublicKeyInfo()
                        .getAlgorithm()
                        .getAlgorithm()
                        .equals(PKCSObjectIdentifiers.rsaEncryption),
                about,
                "its key is RSA, so requests can be encrypted to it",
                "its key is not RSA: no client can encrypt a request to it");
        diagnosis.require(
                Authority.may(agent, KeyUsage.digitalSignature) && Authority.may(agent, KeyUsage.keyEncipherment),
                about,
                "its keyUsage has digitalSignature and keyEncipherment, as Apple and Windows want",
                "its keyUsage lacks digitalSignature or keyEncipherment: Apple's devices encrypt to the CA instead");
        if (!suitsWindows(agent)) {
            diagnosis.note(
                    about,
                    "its extendedKeyUsage has neither serverAuth nor Microsoft's enrollment agent"
                            + " (1.3.6.1.4.1.311.20.2.1), one of which Windows wants");
        }
    }

    private static boolean suitsWindows(X509CertificateHolder agent) {
        Extension extension = agent.getExtension(Extension.extendedKeyUsage);
        if (extension == null) {
            return false;
        }
        ExtendedKeyUsage usages = ExtendedKeyUsage.getInstance(extension.getParsedValue());
        return usages.hasKeyPurposeId(KeyPurposeId.id_kp_serverAuth) || usages.hasKeyPurposeId(ENROLLMENT_AGENT);
    }
}
