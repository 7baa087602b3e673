package org.scepgate.platform;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What tells callers apart in rows, in the audit log and in quotas: the client's id, after the name of its issuer where
 * that is not the default one.
 */
public final class CallerId {
    /** The issuer whose clients are known by their id alone, as all were when there was one issuer. */
    public static final String DEFAULT_ISSUER = "default";

    private static final String SEPARATOR = "::";
    private static final String ADAPTER = "mdm.";
    private static final Pattern ISSUER = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final Pattern CLIENT = Pattern.compile("[^\\p{Cntrl}\\p{Cs}\\u2028\\u2029]{1,255}");
    private static final Pattern OF_A_NAMED_ISSUER = Pattern.compile("(?:mdm[.])?" + ISSUER + SEPARATOR + ".*");

    private CallerId() {}

    /** Empty for an id that no log line and no row should hold, or that would read as another issuer's client. */
    public static Optional<String> of(String issuer, String client) {
        if (!CLIENT.matcher(client).matches()) {
            return Optional.empty();
        }
        if (!issuer.equals(DEFAULT_ISSUER)) {
            return Optional.of(issuer + SEPARATOR + client);
        }
        return OF_A_NAMED_ISSUER.matcher(client).matches() ? Optional.empty() : Optional.of(client);
    }

    /** An adapter for an MDM as the caller for a profile; no token has this id. */
    public static String ofAdapter(String adapter, String profile) {
        return ADAPTER + adapter + SEPARATOR + profile;
    }

    static boolean isIssuerName(String name) {
        return ISSUER.matcher(name).matches();
    }
}
