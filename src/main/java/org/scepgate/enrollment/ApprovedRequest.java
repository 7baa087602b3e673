package org.scepgate.enrollment;

import java.util.Map;
import org.scepgate.approval.HeldRequest;
import org.scepgate.approval.Ruling;
import org.scepgate.platform.Caller;

/**
 * A request that a person approved.
 *
 * @param authorization what an endpoint said of it, for the audit log; empty if none was asked
 */
record ApprovedRequest(HeldRequest held, Ruling ruling, Caller caller, Map<String, Object> authorization) {

    /** Before anybody else is asked. */
    static ApprovedRequest by(Caller caller, HeldRequest held, Ruling ruling) {
        return new ApprovedRequest(held, ruling, caller, Map.of());
    }

    ApprovedRequest with(Authorized authorized) {
        return new ApprovedRequest(held, ruling, caller, authorized.details());
    }
}
