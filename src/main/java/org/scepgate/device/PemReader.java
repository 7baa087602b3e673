package org.scepgate.device;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Reads the keys and certificates that a device has already. */
final class PemReader {
    private PemReader() {}

    static X509CertificateHolder certificate(Path file) throws CommandException {
        if (read(file) instanceof X509CertificateHolder certificate) {
            return certificate;
        }
        throw CommandException.usage(file + " holds no certificate in PEM");
    }

    static PrivateKey privateKey(Path file) throws CommandException {
        Object read = read(file);
        try {
            if (read instanceof PrivateKeyInfo info) {
                return new JcaPEMKeyConverter().getPrivateKey(info);
            }
            if (read instanceof PEMKeyPair pair) {
                return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
            }
        } catch (IOException e) {
            throw CommandException.usage("the key in " + file + " is of no kind that is known here");
        }
        throw CommandException.usage(file + " holds no unencrypted private key in PEM");
    }

    /** A key whose public half is derived. */
    static KeyPair keyPair(Path file) throws CommandException {
        PrivateKey key = privateKey(file);
        PublicKey publicKey = PublicHalf.of(key)
                .orElseThrow(() -> CommandException.usage("the key in " + file + " does not tell its public half"));
        return new KeyPair(publicKey, key);
    }

    private static Object read(Path file) throws CommandException {
        try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
            Object first = parser.readObject();
            // openssl ecparam writes the curve before the key.
            return first instanceof org.bouncycastle.asn1.ASN1ObjectIdentifier ? parser.readObject() : first;
        } catch (IOException | RuntimeException e) {
            // Not its message: it might quote the key.
            throw CommandException.usage("cannot read " + file);
        }
    }
}
