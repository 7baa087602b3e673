package org.scepgate.platform;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;

/** The keys of one token issuer. */
interface KeySet {

    /**
     * All keys there are, looked for again if none of them fits the token; on the caller's context. Fails with
     * {@link UnavailableException} while they cannot be had.
     */
    Uni<List<JsonWebKey>> keysFor(JsonWebSignature token);

    /** Keys that never change while the server runs. */
    static KeySet of(List<JsonWebKey> keys) {
        return token -> Uni.createFrom().item(keys);
    }
}
