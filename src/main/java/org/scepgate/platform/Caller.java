package org.scepgate.platform;

import java.util.Set;

/**
 * Who is calling the API.
 *
 * @param id which client of which issuer, see {@link CallerId}; the actor of an audit event
 * @param roles what the token allows, see {@link Roles}
 * @param sourceAddress the address the request came from
 */
public record Caller(String id, Set<String> roles, String sourceAddress) {

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Operators and auditors see the rows of every client, a client only its own. */
    public boolean seesAll() {
        return roles.contains(Roles.OPERATOR) || roles.contains(Roles.AUDITOR);
    }
}
