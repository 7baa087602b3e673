package org.scepgate.challenge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.scepgate.challenge.ChallengeView.Extras;
import org.scepgate.idempotency.Answer;
import org.scepgate.payload.AppleProfile;
import org.scepgate.payload.Enrolment;
import org.scepgate.payload.ProfileSigner;
import org.scepgate.payload.WindowsProfile;
import org.scepgate.platform.CryptoPool;

/** Writes the one answer that holds the secret of a challenge. */
@Singleton
class ChallengeAnswers {
    private static final int CREATED = 201;

    private final ObjectMapper json;
    private final ProfileSigner signer;
    private final CryptoPool crypto;

    ChallengeAnswers(ObjectMapper json, ProfileSigner signer, CryptoPool crypto) {
        this.json = json;
        this.signer = signer;
        this.crypto = crypto;
    }

    /** Fails with an {@code ApiException} where the format has no words for what is bound. */
    Uni<Answer> of(IssuedChallenge issued, ChallengeFormat format) {
        return switch (format) {
            case JSON -> Uni.createFrom().item(() -> answer(issued, format, bytes(viewOf(issued))));
            // What is signed costs an operation with a private key.
            case APPLE -> crypto.run(() -> answer(issued, format, signer.sign(AppleProfile.of(enrolment(issued)))));
            case WINDOWS -> Uni.createFrom().item(() -> answer(issued, format, WindowsProfile.of(enrolment(issued))));
        };
    }

    static ChallengeView viewOf(IssuedChallenge issued) {
        Challenge challenge = issued.challenge();
        return ChallengeView.of(challenge, issued.offer(), challenge.createdAt(), new Extras(issued.secret(), null));
    }

    byte[] bytes(Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records of strings can be written as JSON", impossible);
        }
    }

    private static Answer answer(IssuedChallenge issued, ChallengeFormat format, byte[] body) {
        return new Answer(
                CREATED,
                format.mediaType(),
                ChallengeResource.PATH + "/" + issued.challenge().id(),
                body);
    }

    private static Enrolment enrolment(IssuedChallenge issued) {
        OfferedProfile offer = issued.offer();
        return new Enrolment(
                issued.challenge().id(),
                offer.scepUrl(),
                issued.challenge().binding(),
                issued.secret().value(),
                offer.profile().allowedKeys().rsa(),
                offer.authorities());
    }
}
