package org.scepgate.platform;

import java.util.List;

/** The roles that a token can carry, as they are spelled in it. */
public final class Roles {
    public static final String CHALLENGE_ISSUER = "challenge-issuer";
    public static final String OPERATOR = "operator";
    public static final String AUDITOR = "auditor";

    static final List<String> ALL = List.of(CHALLENGE_ISSUER, OPERATOR, AUDITOR);

    private Roles() {}
}
