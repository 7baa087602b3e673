package org.scepgate.idempotency;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.ConfigurationException;

/** AES-256-GCM around answers that are kept; who may ask for one is sealed in, so that rows cannot change places. */
@Startup
@Singleton
class AnswerSeal {
    private static final String KEY = "scepgate.idempotency.key";
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int ID_BYTES = 8;

    private final Optional<SecretKeySpec> key;
    private final String keyId;
    private final SecureRandom random = new SecureRandom();

    AnswerSeal(IdempotencyConfig config) {
        if (config.key().isPresent() && config.keyFile().isPresent()) {
            throw new ConfigurationException(KEY + "-file", "is set beside " + KEY + ": use one of them");
        }
        Optional<byte[]> bytes = config.key()
                .or(() -> config.keyFile().map(AnswerSeal::contentOf))
                .map(AnswerSeal::parsed);
        this.key = bytes.map(raw -> new SecretKeySpec(raw, "AES"));
        this.keyId = bytes.map(AnswerSeal::idOf).orElse("");
    }

    /** @throws ApiException without a key: the secret of a challenge must not be kept in clear */
    void requireConfigured() {
        if (key.isEmpty()) {
            throw ApiException.badRequest(
                    "idempotency-not-configured",
                    RepeatableRequest.HEADER,
                    "this server has no " + KEY + " and keeps no answers: send no such header");
        }
    }

    String keyId() {
        return keyId;
    }

    byte[] seal(Answer answer, RepeatableRequest request) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, request, encoded(answer));
        byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
        return all;
    }

    /** @throws ApiException if another key sealed it: then nobody knows the answer any more */
    Answer open(SealedAnswer kept) {
        if (!kept.keyId().equals(keyId)) {
            throw ApiException.conflict(
                    "idempotency-answer-lost", "the server's key has changed since the request was answered");
        }
        byte[] sealed = kept.sealed();
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        byte[] content = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
        return decoded(cipher(Cipher.DECRYPT_MODE, nonce, kept.request(), content));
    }

    private byte[] cipher(int mode, byte[] nonce, RepeatableRequest request, byte[] content) {
        try {
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(mode, key.orElseThrow(), new GCMParameterSpec(TAG_BITS, nonce));
            // No key has a line break.
            cipher.updateAAD((request.key() + "\n" + request.caller()).getBytes(StandardCharsets.UTF_8));
            cipher.updateAAD(request.sha256());
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a kept answer was changed in the database", e);
        }
    }

    private static byte[] encoded(Answer answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(answer.status());
            out.writeUTF(answer.mediaType());
            out.writeUTF(answer.location());
            out.write(answer.body());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static Answer decoded(byte[] content) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            return new Answer(in.readInt(), in.readUTF(), in.readUTF(), in.readAllBytes());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] parsed(String hex) {
        if (!HEX.matcher(hex).matches()) {
            throw new ConfigurationException(KEY, "has to be 64 hexadecimal digits, as of openssl rand -hex 32");
        }
        return HexFormat.of().parseHex(hex);
    }

    /** Says which key it was and nothing about it. */
    private static String idOf(byte[] raw) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((KEY + ".id").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(raw), 0, ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ConfigurationException(KEY + "-file", file + " cannot be read");
        }
    }
}
