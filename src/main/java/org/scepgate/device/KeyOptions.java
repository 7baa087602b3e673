package org.scepgate.device;

import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.scepgate.scep.DeviceKey;
import picocli.CommandLine.Option;

/** The options that say what to ask for, with which key. */
final class KeyOptions {
    @Option(names = "--subject", paramLabel = "NAME", description = "the subject, such as CN=device-42,O=Acme")
    private String subject;

    @Option(
            names = "--san",
            paramLabel = "TYPE:VALUE",
            description = "a subject alternative name, such as dns:device-42.example; email:, uri:, ip:, upn:")
    private List<String> alternatives = List.of();

    @Option(
            names = "--key-type",
            paramLabel = "TYPE",
            description = "the key to make: rsa2048, rsa3072, rsa4096, ec256 or ec384"
                    + " (default: rsa2048; with --renew: as the old one)")
    private KeyType keyType;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "a key in PEM to use in place of a new one; with --renew, the old one")
    private Path key;

    @Option(
            names = "--new-key",
            paramLabel = "FILE",
            description = "with --renew: the key in PEM to have certified, such as that of a renewal that is pending")
    private Path newKey;

    @Option(names = "--renew", description = "renew the certificate of --cert, signing with --key")
    private boolean renew;

    @Option(names = "--cert", paramLabel = "FILE", description = "with --renew: the certificate in PEM")
    private Path certificate;

    /** What is asked for and who signs it. */
    record Request(
            PKCS10CertificationRequest csr, KeyPair keys, DeviceKey signer, boolean isRenewal, boolean keyIsNew) {
        List<String> filesToWrite() {
            return keyIsNew
                    ? List.of(OutputFolder.PENDING_KEY, OutputFolder.KEY, OutputFolder.CERTIFICATE, OutputFolder.CHAIN)
                    : List.of(OutputFolder.CERTIFICATE, OutputFolder.CHAIN);
        }
    }

    /** Whether the key is the one that an earlier run left because its request was not answered. */
    boolean isPendingKey(OutputFolder folder) {
        Path certified = renew ? newKey : key;
        Path pending = folder.file(OutputFolder.PENDING_KEY);
        return certified != null
                && certified
                        .toAbsolutePath()
                        .normalize()
                        .equals(pending.toAbsolutePath().normalize());
    }

    Request request(Optional<String> challenge) throws CommandException {
        requireSense();
        Request request = renew ? renewal(challenge) : enrolment(challenge);
        if (!request.signer().canDecrypt() && challenge.isEmpty()) {
            throw CommandException.usage("an EC key needs a challenge, which the answer is encrypted under");
        }
        return request;
    }

    private void requireSense() throws CommandException {
        if (renew && (certificate == null || key == null)) {
            throw CommandException.usage("--renew needs --cert and --key");
        }
        if (!renew && (certificate != null || newKey != null)) {
            throw CommandException.usage("--cert and --new-key are for --renew");
        }
        if (!renew && subject == null) {
            throw CommandException.usage("--subject is missing");
        }
        if (renew && (subject != null || !alternatives.isEmpty())) {
            throw CommandException.usage("--renew keeps the names of the certificate");
        }
    }

    private Request enrolment(Optional<String> challenge) throws CommandException {
        RequestedNames names = RequestedNames.parse(subject, alternatives);
        KeyPair keys = key == null ? keyType(KeyType.RSA2048).generate() : PemReader.keyPair(key);
        DeviceKey signer = new DeviceKey(keys.getPrivate(), names.selfSigned(keys));
        return new Request(names.csr(keys, challenge), keys, signer, false, key == null);
    }

    private Request renewal(Optional<String> challenge) throws CommandException {
        X509CertificateHolder old = PemReader.certificate(certificate);
        KeyPair keys = newKey == null
                ? keyType(KeyType.of(old.getSubjectPublicKeyInfo())).generate()
                : PemReader.keyPair(newKey);
        DeviceKey signer = new DeviceKey(PemReader.privateKey(key), old);
        return new Request(names(old).csr(keys, challenge), keys, signer, true, newKey == null);
    }

    private KeyType keyType(KeyType otherwise) {
        return keyType == null ? otherwise : keyType;
    }

    private static RequestedNames names(X509CertificateHolder old) {
        GeneralNames names = old.getExtensions() == null
                ? null
                : GeneralNames.fromExtensions(old.getExtensions(), Extension.subjectAlternativeName);
        return new RequestedNames(old.getSubject(), names == null ? List.of() : List.of(names.getNames()));
    }
}
