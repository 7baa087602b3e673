package org.scepgate.enrollment;

import jakarta.ws.rs.NotAllowedException;
import java.util.Arrays;
import java.util.Optional;
import org.scepgate.platform.ApiException;

/** The HTTP operations that are served (RFC 8894 section 4.1); names are compared exactly. */
enum ScepOperation {
    GET_CA_CAPS("GetCACaps"),
    GET_CA_CERT("GetCACert"),
    GET_NEXT_CA_CERT("GetNextCACert"),
    PKI_OPERATION("PKIOperation");

    private static final String PARAMETER = "operation=";

    private final String wireName;

    ScepOperation(String wireName) {
        this.wireName = wireName;
    }

    /**
     * The operation of a GET.
     *
     * @param query the query string as it came, or null
     * @throws ApiException 400, if it names none that is served
     */
    static ScepOperation ofGet(String query) {
        return named(query).flatMap(ScepOperation::find).orElseThrow(ScepOperation::unknown);
    }

    /**
     * Makes sure that a POST is a PKIOperation, or names no operation at all (section 4.3).
     *
     * @throws NotAllowedException 405, if it names an operation that goes by GET
     * @throws ApiException 400, if it names one that is not served
     */
    static void requirePost(String query) {
        Optional<String> name = named(query);
        if (name.isEmpty()) {
            return;
        }
        if (find(name.get()).orElseThrow(ScepOperation::unknown) != PKI_OPERATION) {
            throw new NotAllowedException("GET");
        }
    }

    private static Optional<String> named(String query) {
        if (query == null) {
            return Optional.empty();
        }
        return Arrays.stream(query.split("&"))
                .filter(parameter -> parameter.startsWith(PARAMETER))
                .map(parameter -> parameter.substring(PARAMETER.length()))
                .findFirst();
    }

    private static Optional<ScepOperation> find(String name) {
        return Arrays.stream(values())
                .filter(operation -> operation.wireName.equals(name))
                .findFirst();
    }

    private static ApiException unknown() {
        return ApiException.badRequest(
                "scep.operation-unknown",
                "operation",
                "operation must be GetCACaps, GetCACert, GetNextCACert or PKIOperation");
    }
}
