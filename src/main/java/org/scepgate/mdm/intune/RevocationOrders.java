package org.scepgate.mdm.intune;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** The queue of certificates that Intune wants revoked: fetched in batches, each answered for. */
final class RevocationOrders {
    private static final Logger LOG = Logger.getLogger("org.scepgate.intune");

    private final MicrosoftCalls calls;

    RevocationOrders(MicrosoftCalls calls) {
        this.calls = calls;
    }

    /**
     * @param context what Intune knows the order by
     * @param serial empty where it sent none
     */
    record Order(String context, String serial) {}

    /** What is told of an order, by Microsoft's names. */
    enum Result {
        DONE(true, "None"),
        UNKNOWN_CERTIFICATE(false, "CertificateNotFoundError"),
        REVOKED_BEFORE(false, "ConflictError"),
        UNREADABLE_SERIAL(false, "ParameterDataInvalidError"),
        /** Intune gives it out again. */
        FAULT(false, "RetryableServiceException");

        private final boolean succeeded;
        private final String errorCode;

        Result(boolean succeeded, String errorCode) {
            this.succeeded = succeeded;
            this.errorCode = errorCode;
        }

        String errorCode() {
            return errorCode;
        }

        private JsonObject of(Order order) {
            return new JsonObject()
                    .put("requestContext", order.context())
                    .put("succeeded", succeeded)
                    .put("errorCode", errorCode)
                    .putNull("errorMessage");
        }
    }

    /** An order that was dealt with. */
    record Answered(Order order, Result result) {}

    Uni<List<Order>> download(int most) {
        JsonObject parameters = new JsonObject().put("maxRequests", most).putNull("issuerName");
        return calls.post(Action.DOWNLOAD, new JsonObject().put("downloadParameters", parameters))
                .map(RevocationOrders::read);
    }

    /** One odd entry must not keep the others from being revoked, at each download anew. */
    private static List<Order> read(JsonObject answer) {
        if (!(answer.getValue("value") instanceof JsonArray entries)) {
            throw malformed(Endpoint.DOWNLOAD_REVOCATIONS, "has no list");
        }
        List<Order> orders = new ArrayList<>();
        for (Object entry : entries) {
            if (entry instanceof JsonObject order && order.getValue("requestContext") instanceof String context) {
                orders.add(new Order(context, order.getValue("serialNumber") instanceof String serial ? serial : ""));
            }
        }
        if (orders.size() < entries.size()) {
            LOG.warnf("intune.revocations-unreadable orders=%d: they have no context", entries.size() - orders.size());
        }
        return orders;
    }

    Uni<Void> upload(List<Answered> answered) {
        JsonArray results = new JsonArray();
        answered.forEach(one -> results.add(one.result().of(one.order())));
        return calls.post(Action.UPLOAD, new JsonObject().put("results", results))
                .invoke(RevocationOrders::requireTaken)
                .replaceWithVoid();
    }

    private static void requireTaken(JsonObject answer) {
        if (!Boolean.TRUE.equals(answer.getValue("value"))) {
            throw malformed(Endpoint.UPLOAD_REVOCATIONS, "does not take the results");
        }
    }

    private static IntuneException malformed(Endpoint endpoint, String what) {
        return new IntuneException(IntuneException.Kind.MALFORMED, endpoint.tag() + ": the answer " + what);
    }
}
