package org.scepgate.enrollment;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Leads the paths that clients make up to the one that {@link ScepResource} serves (RFC 8894 section 4.1: the path is
 * the server's business).
 *
 * <p>Windows appends {@code /pkiclient.exe} to any URL, Cisco IOS asks for {@code /cgi-bin/pkiclient.exe} where it knows
 * a host alone, and who knew an NDES goes on asking for its path, in whatever case. The request's Content-Type decides nothing: sscep and strongSwan send none, scepclient and jscep
 * {@code application/octet-stream}.
 */
public class ScepPaths {
    private static final Pattern NAMED = Pattern.compile("/scep/([^/]+)(?:/(?:cgi-bin/)?(?i:pkiclient\\.exe))?/?");
    private static final Pattern UNNAMED = Pattern.compile("/cgi-bin/(?i:pkiclient\\.exe)/?");
    private static final Pattern NDES = Pattern.compile("(?i)/certsrv/mscep/mscep\\.dll(?:/pkiclient\\.exe)?/?");

    /** The request's property that holds the name of the profile, which need not exist. */
    static final String PROFILE = "scepgate.profile";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

    // Filters are made while the application is built, when there are no profiles yet.
    private final Instance<Profiles> profiles;

    public ScepPaths(Instance<Profiles> profiles) {
        this.profiles = profiles;
    }

    /** Whether {@link ScepResource} serves the path, if there is such a profile. */
    static boolean isOne(String path) {
        return NAMED.matcher(path).matches()
                || UNNAMED.matcher(path).matches()
                || NDES.matcher(path).matches();
    }

    @ServerRequestFilter(preMatching = true)
    public void lead(ContainerRequestContext request, HttpServerRequest http) {
        // Not the UriInfo's: a request of HTTP/1.0 may name no host, and then there is no URI.
        String path = http.path();
        Matcher named = NAMED.matcher(path);
        if (named.matches()) {
            serve(request, named.group(1));
        } else if (UNNAMED.matcher(path).matches()) {
            profiles.get().defaultName().ifPresent(name -> serve(request, name));
        } else if (NDES.matcher(path).matches()) {
            profiles.get().ndesName().ifPresent(name -> serve(request, name));
        }
    }

    private static void serve(ContainerRequestContext request, String profile) {
        if (!METHODS.contains(request.getMethod())) {
            throw new NotAllowedException("GET", new String[] {"POST"});
        }
        request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_OCTET_STREAM);
        request.setProperty(PROFILE, profile);
        request.setRequestUri(URI.create("/scep/" + profile));
    }
}
