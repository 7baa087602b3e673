package org.scepgate.platform;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.http.Get;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;

/** The keys of the token issuer: a JWKS behind a URL, or a JWKS or PEM public key in a file, a resource or a setting. */
@Singleton
class TrustedKeys {
    private static final String LOCATION = "mp.jwt.verify.publickey.location";
    private static final long CACHE_SECONDS = 3600;
    private static final long STALE_SECONDS = TimeUnit.DAYS.toSeconds(1);
    private static final long REFRESH_AT_MOST_EVERY_MILLIS = 30_000;
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int LARGEST_KEY_SET = 256 * 1024;
    // Quarkus' development mode fills in this word for keys that are not set.
    private static final String SMALLRYE_NOT_SET = "NONE";

    private final Optional<String> inline;
    private final Optional<String> location;

    TrustedKeys(
            @ConfigProperty(name = "mp.jwt.verify.publickey") Optional<String> inline,
            @ConfigProperty(name = LOCATION) Optional<String> location) {
        this.inline = inline.filter(text -> !text.equals(SMALLRYE_NOT_SET));
        this.location = location.filter(text -> !text.equals(SMALLRYE_NOT_SET));
    }

    /** Chooses a key by algorithm and kid; what a token says of key addresses (jku, x5u, jwk) plays no part. */
    VerificationKeyResolver resolver() {
        if (location.filter(TrustedKeys::isUrl).isPresent()) {
            return new HttpsJwksVerificationKeyResolver(remote(location.get()));
        }
        String text = inline.or(() -> location.map(TrustedKeys::contentOf))
                .orElseThrow(() -> new ConfigurationException(LOCATION, "is not set"));
        return new JwksVerificationKeyResolver(keysIn(text));
    }

    private static HttpsJwks remote(String url) {
        Get http = new Get();
        http.setConnectTimeout(TIMEOUT_MILLIS);
        http.setReadTimeout(TIMEOUT_MILLIS);
        http.setRetries(0);
        http.setResponseBodySizeLimit(LARGEST_KEY_SET);
        HttpsJwks keys = new HttpsJwks(url);
        keys.setSimpleHttpGet(http);
        keys.setDefaultCacheDuration(CACHE_SECONDS);
        keys.setRetainCacheOnErrorDuration(STALE_SECONDS);
        // Made-up kids must not make us hammer the issuer.
        keys.setRefreshReprieveThreshold(REFRESH_AT_MOST_EVERY_MILLIS);
        return keys;
    }

    private static List<JsonWebKey> keysIn(String text) {
        try {
            return text.stripLeading().startsWith("{")
                    ? new JsonWebKeySet(text).getJsonWebKeys()
                    : List.of(JsonWebKey.Factory.newJwk(keyIn(text)));
        } catch (JoseException unreadable) {
            throw new ConfigurationException(LOCATION, "holds neither a JWKS nor a PEM public key");
        }
    }

    private static PublicKey keyIn(String pem) {
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
            throw new ConfigurationException(LOCATION, "holds neither a JWKS nor a PEM public key");
        }
    }

    private static boolean isUrl(String location) {
        return location.startsWith("https:") || location.startsWith("http:");
    }

    private static String contentOf(String location) {
        try {
            Path file = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
            return Files.exists(file) ? Files.readString(file) : resource(location);
        } catch (IOException unreadable) {
            throw new ConfigurationException(LOCATION, "cannot be read");
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
