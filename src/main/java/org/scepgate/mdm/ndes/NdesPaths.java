package org.scepgate.mdm.ndes;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Leads the spellings of the page's path to one: to IIS upper and lower case are the same. */
public class NdesPaths {
    static final String PAGE = "/certsrv/mscep_admin";

    private static final Pattern SPELLINGS = Pattern.compile("(?i)" + PAGE + "(?:/mscep\\.dll)?/*");

    @ServerRequestFilter(preMatching = true)
    public void lead(ContainerRequestContext request, HttpServerRequest http) {
        if (SPELLINGS.matcher(http.path()).matches()) {
            request.setRequestUri(URI.create(PAGE));
        }
    }
}
