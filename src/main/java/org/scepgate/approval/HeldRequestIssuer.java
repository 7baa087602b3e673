package org.scepgate.approval;

import io.smallrye.mutiny.Uni;
import org.scepgate.platform.Caller;

/** Signs what a person has approved; the port through which this room reaches the CA. */
public interface HeldRequestIssuer {

    /**
     * Judges the request again, signs it and records ruling, certificate and spent challenge in one transaction.
     *
     * @return true once that is committed; false, and nothing written, if the request waits no longer. Fails with
     *     {@code ApiException} (409) if the policy refuses the request by now
     */
    Uni<Boolean> issue(HeldRequest held, Ruling ruling, Caller caller);
}
