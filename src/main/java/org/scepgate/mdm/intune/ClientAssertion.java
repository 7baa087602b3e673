package org.scepgate.mdm.intune;

import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.CryptoPool;

/** A JWT that a key signs whose certificate Entra knows (RFC 7523): no secret is sent. */
final class ClientAssertion implements EntraCredential {
    private static final String KEY = "client-keystore";
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final int MINUTES = 5;

    private final IntuneSettings settings;
    private final Identity identity;
    private final CryptoPool crypto;

    private ClientAssertion(IntuneSettings settings, Identity identity, CryptoPool crypto) {
        this.settings = settings;
        this.identity = identity;
        this.crypto = crypto;
    }

    private record Identity(PrivateKey key, X509Certificate certificate) {}

    static ClientAssertion of(IntuneSettings settings, Path keystore, CryptoPool crypto) {
        IntuneConfig config = settings.config();
        String password = IntuneSettings.require(
                IntuneSettings.secret(
                        config.clientKeystorePassword(), config.clientKeystorePasswordFile(), KEY + "-password"),
                KEY + "-password");
        return new ClientAssertion(settings, identity(keystore, password.toCharArray()), crypto);
    }

    @Override
    public Uni<Map<String, String>> fields() {
        return crypto.runAdmitted(this::sign)
                .map(assertion -> Map.of("client_assertion_type", TYPE, "client_assertion", assertion));
    }

    private String sign() throws JoseException {
        JwtClaims claims = new JwtClaims();
        claims.setAudience(settings.tokenEndpoint().toString());
        claims.setIssuer(settings.clientId());
        claims.setSubject(settings.clientId());
        claims.setGeneratedJwtId();
        claims.setIssuedAtToNow();
        claims.setNotBeforeMinutesInThePast(1);
        claims.setExpirationTimeMinutesInTheFuture(MINUTES);
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_PSS_USING_SHA256);
        token.setHeader("typ", "JWT");
        token.setX509CertSha256ThumbprintHeaderValue(identity.certificate());
        token.setPayload(claims.toJson());
        token.setKey(identity.key());
        return token.getCompactSerialization();
    }

    private static Identity identity(Path keystore, char[] password) {
        try (InputStream in = Files.newInputStream(keystore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password) instanceof PrivateKey key
                        && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    return requireRsa(new Identity(key, certificate));
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigurationException(
                    IntuneSettings.key(KEY), keystore + " is no PKCS#12 file that opens with its password");
        }
        throw new ConfigurationException(IntuneSettings.key(KEY), keystore + " holds no key with a certificate");
    }

    private static Identity requireRsa(Identity identity) {
        IntuneSettings.check(
                "RSA".equals(identity.key().getAlgorithm()), KEY, "must hold an RSA key: Entra takes no other");
        return identity;
    }
}
