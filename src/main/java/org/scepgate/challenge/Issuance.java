package org.scepgate.challenge;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.scepgate.idempotency.RepeatableRequest;
import org.scepgate.idempotency.RepeatedRequests;
import org.scepgate.idempotency.RepeatedRequests.Given;
import org.scepgate.idempotency.RepeatedRequests.Work;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Caller;

/** Answers a request for one challenge; once, however often it comes. */
@Singleton
class Issuance {
    private final ChallengeService challenges;
    private final ChallengeDrafts drafts;
    private final ChallengeAnswers answers;
    private final RepeatedRequests repeated;
    private final CertificateRevoker revoker;

    Issuance(
            ChallengeService challenges,
            ChallengeDrafts drafts,
            ChallengeAnswers answers,
            RepeatedRequests repeated,
            CertificateRevoker revoker) {
        this.challenges = challenges;
        this.drafts = drafts;
        this.answers = answers;
        this.repeated = repeated;
        this.revoker = revoker;
    }

    /** Fails with {@link ApiException} for what the policy would refuse when the device comes. */
    Uni<Given> issue(ChallengeRequest request, IssueOptions options, Caller caller) {
        ChallengeFormat format = options.format();
        Uni<Work> work = Uni.createFrom()
                .item(() -> drafts.draft(request.toNewChallenge(), caller))
                .chain(draft -> answers.of(draft.issued(), format)
                        .map(answer -> new Work(answer, kept -> challenges.add(draft, kept, caller))));
        return repeated.once(repeatable(options, caller, "challenge " + format, request), work);
    }

    /** Makes a challenge in place of another one that the caller may see. */
    Uni<Given> reissue(Challenge old, ReissueRequest request, IssueOptions options, Caller caller) {
        ChallengeFormat format = options.format();
        request.reason().ifPresent(revoker::requireKnown);
        Uni<Work> work = Uni.createFrom()
                .item(() -> drafts.inPlaceOf(old, ChallengeRequest.timeToLive(request.ttl()), caller))
                .chain(draft -> answers.of(draft.issued(), format)
                        .map(answer -> new Work(
                                answer,
                                kept -> challenges.replace(
                                        order(old, draft, request.reason(), caller), kept, caller))));
        return repeated.once(repeatable(options, caller, "reissue " + old.id() + " " + format, request), work);
    }

    private ReissueOrder order(Challenge old, ChallengeDraft draft, Optional<String> reason, Caller caller) {
        return new ReissueOrder(
                draft,
                ChallengeEvents.cancelled(old, caller, draft.challenge().createdAt()),
                () -> reason.map(why -> revoker.revokeIssuedFor(
                                        old.id(), why, caller, draft.challenge().createdAt())
                                .replaceWithVoid())
                        .orElse(Uni.createFrom().voidItem()));
    }

    private Optional<RepeatableRequest> repeatable(IssueOptions options, Caller caller, String target, Object body) {
        // A record is written with its fields in their own order: two bodies that mean the same are the same bytes.
        return options.key().map(key -> RepeatableRequest.of(caller.id(), key, target, answers.bytes(body)));
    }
}
