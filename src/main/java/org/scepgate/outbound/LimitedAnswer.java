package org.scepgate.outbound;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/** Collects the body of an answer, up to a size. */
final class LimitedAnswer {
    private static final int LARGEST = 64 * 1024;

    private final HttpClientResponse answer;
    private final Promise<OutboundAnswer> read = Promise.promise();
    private final Buffer body = Buffer.buffer();

    private LimitedAnswer(HttpClientResponse answer) {
        this.answer = answer;
    }

    /** To be called where the answer arrived: later, its end could have passed before anybody reads it. */
    static Future<OutboundAnswer> read(HttpClientResponse answer) {
        LimitedAnswer limited = new LimitedAnswer(answer);
        answer.handler(limited::append).exceptionHandler(limited.read::tryFail).endHandler(ended -> limited.complete());
        return limited.read.future();
    }

    private void append(Buffer more) {
        if (body.length() + more.length() <= LARGEST) {
            body.appendBuffer(more);
        } else if (read.tryFail(new OutboundException(
                OutboundException.Kind.ANSWER_TOO_LARGE, "the answer is larger than " + LARGEST + " bytes"))) {
            answer.request().reset();
        }
    }

    private void complete() {
        read.tryComplete(new OutboundAnswer(answer.statusCode(), answer.headers(), body));
    }
}
