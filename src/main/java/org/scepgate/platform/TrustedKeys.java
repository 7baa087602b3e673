package org.scepgate.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/** Reads an issuer's keys: a JWKS or a PEM public key, in a setting, a file or a resource. */
final class TrustedKeys {
    private final String key;

    /** @param key the setting that is to blame */
    TrustedKeys(String key) {
        this.key = key;
    }

    List<JsonWebKey> in(String text) {
        return keysIn(text);
    }

    List<JsonWebKey> at(String location) {
        return keysIn(contentOf(location));
    }

    static boolean isUrl(String location) {
        return location.startsWith("https:") || location.startsWith("http:");
    }

    private List<JsonWebKey> keysIn(String text) {
        try {
            return text.stripLeading().startsWith("{")
                    ? new JsonWebKeySet(text).getJsonWebKeys()
                    : List.of(JsonWebKey.Factory.newJwk(keyIn(text)));
        } catch (JoseException unreadable) {
            throw new ConfigurationException(key, "holds neither a JWKS nor a PEM public key");
        }
    }

    private PublicKey keyIn(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            Object found = parser.readObject();
            if (found instanceof X509CertificateHolder certificate) {
                found = certificate.getSubjectPublicKeyInfo();
            }
            if (found == null) {
                throw new IOException("no PEM object");
            }
            return new JcaPEMKeyConverter().getPublicKey(SubjectPublicKeyInfo.getInstance(found));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new ConfigurationException(key, "holds neither a JWKS nor a PEM public key");
        }
    }

    private String contentOf(String location) {
        try {
            Path file = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
            return Files.exists(file) ? Files.readString(file) : resource(location);
        } catch (IOException unreadable) {
            throw new ConfigurationException(key, "cannot be read");
        }
    }

    private static String resource(String location) throws IOException {
        String name = location.replaceFirst("^(classpath:|META-INF/resources)?/*", "");
        try (InputStream found = Thread.currentThread().getContextClassLoader().getResourceAsStream(name)) {
            if (found == null) {
                throw new IOException("there is no such file or resource");
            }
            return new String(found.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
