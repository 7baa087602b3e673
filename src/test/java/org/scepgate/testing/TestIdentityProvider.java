package org.scepgate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** An identity provider that signs whatever token a test asks for. */
public final class TestIdentityProvider {
    public static final String ISSUER = "https://idp.example/realms/test";
    public static final String AUDIENCE = "scepgate-test";
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair keys = TestKeys.rsa();

    /** A token for an hour with these roles. */
    public String token(String... roles) {
        return tokenFor(ISSUER, "test-mdm", roles);
    }

    /** A token for an hour that says it is this issuer's, for this client. */
    public String tokenFor(String issuer, String client, String... roles) {
        String groups = Arrays.stream(roles).map(role -> '"' + role + '"').collect(Collectors.joining(","));
        long now = Instant.now().getEpochSecond();
        String claims = """
                {"iss":"%s","aud":"%s","sub":"%s","jti":"%s","iat":%d,"exp":%d,"groups":[%s]}""".formatted(issuer, AUDIENCE, client, UUID.randomUUID(), now, now + 3600, groups);
        return sign(claims);
    }

    /** RS256 over these claims. */
    public String sign(String claims) {
        String signed = encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + encode(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the public key into the folder and returns the settings that make a server trust it. */
    public Map<String, String> settings(Path folder) {
        return Map.of(
                "mp.jwt.verify.publickey.location",
                        publicKeyIn(folder.resolve("jwt-issuer.pem")).toUri().toString(),
                "mp.jwt.verify.issuer", ISSUER,
                "mp.jwt.verify.audiences", AUDIENCE);
    }

    /** As {@link #settings}, for a server that trusts several. */
    public Map<String, String> issuer(String name, String iss, Path folder) {
        String prefix = "scepgate.issuers." + name + ".";
        return Map.of(
                prefix + "jwks-file", publicKeyIn(folder.resolve(name + ".pem")).toString(),
                prefix + "issuer", iss,
                prefix + "audiences", AUDIENCE);
    }

    private Path publicKeyIn(Path file) {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        try {
            return Files.writeString(file, pem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encode(String json) {
        return BASE64URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
