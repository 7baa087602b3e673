package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.util.BigIntegers;
import org.scepgate.platform.TimeOrderedId;
import org.scepgate.policy.Csr;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestKeys;

/** A server of the release before, as far as the database sees it: what it writes when devices enrol. */
final class EarlierRelease {
    private static final String CA = "test";
    private static final String BINDING = """
            {"subject": "%s", "subjectAltNames": {"dns": [], "email": [], "uri": [], "ip": [], "upn": []},
             "match": "exact", "keyUsage": ["digitalSignature", "keyEncipherment"],
             "extendedKeyUsage": ["clientAuth"], "validity": "PT8760H"}
            """;

    private final EarlierStatements statements;
    private final TestCa ca;
    private final String pepper;
    private final Instant now = Instant.now();

    EarlierRelease(EarlierStatements statements, TestCa ca, String pepper) {
        this.statements = statements;
        this.ca = ca;
        this.pepper = pepper;
    }

    /** A device that was given a challenge, with the one request it makes. */
    record Device(String name, KeyPair keys, UUID challengeId, String secret) {
        String subject() {
            return "CN=" + name + ",O=Acme";
        }

        byte[] csr() {
            return TestCsr.of(keys).subject(subject()).challenge(secret).encoded();
        }

        Csr read() throws Exception {
            return Csr.of(new PKCS10CertificationRequest(csr()));
        }
    }

    Device challenge(String profile, String name, Duration left) throws Exception {
        Device device = new Device(name, TestKeys.rsa(), TimeOrderedId.at(now), "secret-of-" + name);
        statements.execute(
                "add_challenge",
                BINDING.formatted(device.subject()),
                null,
                now.minusSeconds(60),
                "mdm",
                "device-of-" + name,
                now.plus(left),
                0,
                null,
                null,
                profile,
                null,
                mac(device.secret()),
                null,
                device.challengeId());
        audit("challenge.created", "challenge:" + device.challengeId());
        return device;
    }

    X509CertificateHolder enrol(Device device) throws Exception {
        requireOne("spend_challenge", now, device.challengeId());
        X509CertificateHolder certificate = certify(device);
        addCertificate(device, certificate, device.challengeId(), null);
        return certificate;
    }

    X509CertificateHolder renew(Device device, X509CertificateHolder old) throws Exception {
        Device renewed = new Device(device.name(), TestKeys.rsa(), device.challengeId(), device.secret());
        X509CertificateHolder certificate = certify(renewed);
        addCertificate(renewed, certificate, null, serial(old));
        return certificate;
    }

    private X509CertificateHolder certify(Device device) {
        return ca.certify(
                device.subject(),
                device.keys().getPublic(),
                new TestCa.Validity(now.minus(Duration.ofDays(300)), now.plus(Duration.ofDays(65))));
    }

    private void addCertificate(Device device, X509CertificateHolder certificate, UUID challenge, byte[] renewed)
            throws Exception {
        Csr csr = device.read();
        statements.execute(
                "add_certificate",
                caKey(),
                challenge,
                certificate.getEncoded(),
                TimeOrderedId.at(now),
                now,
                null,
                null,
                certificate.getNotAfter().toInstant(),
                certificate.getNotBefore().toInstant(),
                device.challengeId(),
                "demo",
                renewed,
                false,
                csr.requestSha256(),
                null,
                csr.spkiSha256(),
                device.subject(),
                "",
                CA,
                serial(certificate));
        audit("certificate.issued", "certificate:" + CA + ":" + HexFormat.of().formatHex(serial(certificate)));
    }

    /** Lets a request without a challenge wait; the device polls under this transactionID. */
    UUID hold(Device device, String transactionId) throws Exception {
        return hold(device, transactionId, now.plus(Duration.ofDays(1)));
    }

    UUID hold(Device device, String transactionId, Instant until) throws Exception {
        UUID id = TimeOrderedId.at(now);
        Csr csr = Csr.of(new PKCS10CertificationRequest(
                TestCsr.of(device.keys()).subject(device.subject()).encoded()));
        String transaction = sha256(transactionId.getBytes(StandardCharsets.UTF_8));
        statements.execute(
                "add_held_request",
                caKey(),
                null,
                null,
                null,
                csr.encoded(),
                until,
                "RSA-2048",
                "approval",
                now.minusSeconds(60),
                csr.requestSha256(),
                null,
                null,
                null,
                null,
                true,
                null,
                "192.0.2.7",
                csr.spkiSha256(),
                device.subject(),
                "{\"dns\": [], \"email\": [], \"uri\": [], \"ip\": [], \"upn\": []}",
                transaction,
                id);
        statements.execute("add_held_transaction", "approval", transaction, csr.spkiSha256(), id);
        audit("request.held", "request:" + id);
        return id;
    }

    void audit(String action, String object) throws SQLException {
        statements.execute(
                "add_audit_event",
                action,
                "device",
                now,
                "{\"profile\": \"demo\"}",
                object,
                "success",
                null,
                "192.0.2.7",
                TimeOrderedId.at(now));
    }

    void requireOne(String statement, Object... values) throws SQLException {
        assertThat(statements.execute(statement, values)).as(statement).isEqualTo(1);
    }

    Instant now() {
        return now;
    }

    EarlierStatements statements() {
        return statements;
    }

    String caKey() {
        return Csr.sha256Of(ca.certificate().getSubjectPublicKeyInfo());
    }

    /** Big-endian, without a sign. */
    static byte[] serial(X509CertificateHolder certificate) {
        return BigIntegers.asUnsignedByteArray(certificate.getSerialNumber());
    }

    private byte[] mac(String secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(pepper.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
