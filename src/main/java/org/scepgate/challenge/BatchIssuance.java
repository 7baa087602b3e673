package org.scepgate.challenge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scepgate.audit.AuditEvent;
import org.scepgate.audit.AuditLog;
import org.scepgate.idempotency.Answer;
import org.scepgate.idempotency.RepeatableRequest;
import org.scepgate.idempotency.RepeatedRequests;
import org.scepgate.idempotency.RepeatedRequests.Given;
import org.scepgate.idempotency.RepeatedRequests.Work;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Caller;
import org.scepgate.platform.CryptoPool;
import org.scepgate.platform.Problem;

/** Answers a request for many challenges. To read, judge and write a thousand of them takes a thread of its own. */
@Singleton
class BatchIssuance {
    private static final int CREATED = 201;
    private static final int MULTI_STATUS = 207;
    private static final int BAD_REQUEST = 400;

    private final ChallengeService challenges;
    private final ChallengeDrafts drafts;
    private final ChallengeAnswers answers;
    private final RepeatedRequests repeated;
    private final CryptoPool crypto;
    private final ObjectMapper json;
    private final ChallengeRows rows;
    private final AuditLog audit;

    BatchIssuance(
            ChallengeService challenges,
            ChallengeDrafts drafts,
            ChallengeAnswers answers,
            RepeatedRequests repeated,
            CryptoPool crypto,
            ObjectMapper json,
            ChallengeRows rows,
            AuditLog audit) {
        this.challenges = challenges;
        this.drafts = drafts;
        this.answers = answers;
        this.repeated = repeated;
        this.crypto = crypto;
        this.json = json;
        this.rows = rows;
        this.audit = audit;
    }

    private record Read(BatchRequest request, Optional<RepeatableRequest> repeatable) {}

    private record Result(ChallengeDraft draft, Problem problem) {}

    /** Fails with {@link ApiException}, in a batch of all or nothing also for one item that is refused. */
    Uni<Given> issue(byte[] body, Optional<String> key, Caller caller) {
        return crypto.run(() -> read(body, key, caller))
                .chain(batch ->
                        repeated.once(batch.repeatable(), crypto.runAdmitted(() -> work(batch.request(), caller))));
    }

    private Read read(byte[] body, Optional<String> key, Caller caller) throws IOException {
        BatchRequest request = parse(body);
        request.check();
        return new Read(
                request, key.map(given -> RepeatableRequest.of(caller.id(), given, "batch", answers.bytes(request))));
    }

    private BatchRequest parse(byte[] body) throws IOException {
        try {
            return ApiException.requireBody(json.readValue(body, BatchRequest.class));
        } catch (JsonProcessingException malformed) {
            // As the server itself does with a body that it reads.
            throw new WebApplicationException(malformed, BAD_REQUEST);
        }
    }

    private Work work(BatchRequest request, Caller caller) {
        List<Result> results = IntStream.range(0, request.items().size())
                .mapToObj(index -> result(request, index, caller))
                .toList();
        List<ChallengeDraft> made = results.stream()
                .map(Result::draft)
                .filter(draft -> draft != null)
                .toList();
        BatchView view = BatchView.of(results.stream().map(BatchIssuance::item).toList());
        int status = view.refused() == 0 ? CREATED : MULTI_STATUS;
        Answer answer = new Answer(status, MediaType.APPLICATION_JSON, "", answers.bytes(view));
        List<AuditEvent> events = made.stream().map(ChallengeDraft::event).toList();
        ChallengeBatch batch = new ChallengeBatch(made, rowsOf(made), audit.rowsOf(events));
        return new Work(answer, kept -> challenges.addAll(batch, kept, caller).call(done -> logged(done, events)));
    }

    private String rowsOf(List<ChallengeDraft> made) {
        return new String(answers.bytes(made.stream().map(rows::columnsOf).toList()), StandardCharsets.UTF_8);
    }

    private Uni<Void> logged(boolean done, List<AuditEvent> events) {
        return done
                ? crypto.runAdmitted(() -> {
                    audit.log(events);
                    return null;
                })
                : Uni.createFrom().voidItem();
    }

    private Result result(BatchRequest request, int index, Caller caller) {
        try {
            return new Result(drafts.draft(request.item(index), caller), null);
        } catch (ApiException refused) {
            if (request.isPerItem()) {
                return new Result(null, Problem.of(refused));
            }
            throw refused.within("items[" + index + "]");
        }
    }

    private static BatchView.Item item(Result result) {
        return result.draft() == null
                ? new BatchView.Item(null, result.problem())
                : new BatchView.Item(ChallengeAnswers.viewOf(result.draft().issued()), null);
    }
}
