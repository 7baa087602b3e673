package org.scepgate.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;

/** The key pair that signs development tokens, made on first start and kept. */
final class DevIssuer {
    static final String PRIVATE_KEY_LOCATION = "smallrye.jwt.sign.key.location";
    private static final String PRIVATE = "token-private.pem";
    private static final String PUBLIC = "token-public.pem";
    private static final int RSA_BITS = 2048;

    private final PrivateFolder home;

    DevIssuer(PrivateFolder home) {
        this.home = home;
    }

    /** The settings that make the server trust this key, and {@link DevTokenResource} sign with it. */
    Map<String, String> settings() {
        // The private key is written last: where it exists the public one does too.
        if (!Files.exists(home.file(PRIVATE))) {
            makeKeys();
        }
        return Map.of(
                "mp.jwt.verify.publickey.location",
                home.file(PUBLIC).toUri().toString(),
                PRIVATE_KEY_LOCATION,
                home.file(PRIVATE).toUri().toString());
    }

    private void makeKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            KeyPair keys = generator.generateKeyPair();
            Files.deleteIfExists(home.file(PUBLIC));
            home.writeOnce(PUBLIC, pem("PUBLIC KEY", keys.getPublic().getEncoded()));
            home.writeOnce(PRIVATE, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] pem(String type, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return ("-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
