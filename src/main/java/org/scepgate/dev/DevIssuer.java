package org.scepgate.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/** The key pair that signs development tokens: {@code token-public.pem}, and the private key beside it. */
final class DevIssuer {
    static final String PUBLIC_KEY = "token-public.pem";
    private static final String PRIVATE_KEY = "token-private.pem";
    private static final int RSA_BITS = 2048;

    private DevIssuer() {}

    /** Makes the pair on first start. The private key is written last: where it exists the public one does too. */
    static void makeKeys(PrivateFolder home) {
        if (Files.exists(home.file(PRIVATE_KEY))) {
            return;
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            KeyPair keys = generator.generateKeyPair();
            Files.deleteIfExists(home.file(PUBLIC_KEY));
            home.writeOnce(PUBLIC_KEY, pem("PUBLIC KEY", keys.getPublic().getEncoded()));
            home.writeOnce(PRIVATE_KEY, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The private key of this public key, if it is one that was made here and not an identity provider's. */
    static Optional<PrivateKey> privateKeyOf(String publicKeyLocation) {
        Path file = Path.of(publicKeyLocation.replaceFirst("^file:", "")).resolveSibling(PRIVATE_KEY);
        if (!publicKeyLocation.endsWith(PUBLIC_KEY) || !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            String body = Files.readString(file).replaceAll("-----[^-]+-----|\\s", "");
            PKCS8EncodedKeySpec encoded =
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body));
            return Optional.of(KeyFactory.getInstance("RSA").generatePrivate(encoded));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(file + " holds no RSA key", e);
        }
    }

    private static byte[] pem(String type, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return ("-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
