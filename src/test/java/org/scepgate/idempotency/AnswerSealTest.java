package org.scepgate.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.ConfigurationException;

class AnswerSealTest {
    private static final String KEY = "0123456789abcdef".repeat(4);
    private static final RepeatableRequest REQUEST =
            RepeatableRequest.of("mdm", "key-1", "challenge JSON", bytes("{}"));
    private static final Answer ANSWER =
            new Answer(201, "application/json", "/a/b", bytes("{\"challenge\":\"secret\"}"));

    @Test
    void opensWhatItSealed() {
        AnswerSeal seal = new AnswerSeal(config(KEY));

        Answer opened = seal.open(kept(seal, REQUEST));

        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.mediaType()).isEqualTo("application/json");
        assertThat(opened.location()).isEqualTo("/a/b");
        assertThat(opened.body()).isEqualTo(ANSWER.body());
    }

    @Test
    void hidesTheSecretAndNeverSealsAlike() {
        AnswerSeal seal = new AnswerSeal(config(KEY));

        byte[] first = seal.seal(ANSWER, REQUEST);

        assertThat(new String(first, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
        assertThat(seal.seal(ANSWER, REQUEST)).isNotEqualTo(first);
        assertThat(ANSWER.toString()).doesNotContain("secret");
    }

    @Test
    void opensNothingThatWasMovedToAnotherCaller() {
        AnswerSeal seal = new AnswerSeal(config(KEY));
        RepeatableRequest other = new RepeatableRequest("another", REQUEST.key(), REQUEST.sha256());
        SealedAnswer moved = new SealedAnswer(other, seal.keyId(), seal.seal(ANSWER, REQUEST), Instant.EPOCH);

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> seal.open(moved));
    }

    @Test
    void saysThatAnAnswerUnderAnotherKeyIsLost() {
        SealedAnswer old = kept(new AnswerSeal(config("f".repeat(64))), REQUEST);

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> new AnswerSeal(config(KEY)).open(old))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("idempotency-answer-lost"));
    }

    @Test
    void refusesTheHeaderWithoutAKey() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> new AnswerSeal(config(null)).requireConfigured())
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(400))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("idempotency-not-configured"));
    }

    @Test
    void stopsTheStartWithAKeyOfAnotherLength() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new AnswerSeal(config("abc")))
                .withMessageStartingWith("scepgate.idempotency.key: ");
    }

    private static SealedAnswer kept(AnswerSeal seal, RepeatableRequest request) {
        return new SealedAnswer(request, seal.keyId(), seal.seal(ANSWER, request), Instant.EPOCH);
    }

    private static IdempotencyConfig config(String key) {
        return new IdempotencyConfig() {
            @Override
            public Optional<String> key() {
                return Optional.ofNullable(key);
            }

            @Override
            public Optional<Path> keyFile() {
                return Optional.empty();
            }
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
