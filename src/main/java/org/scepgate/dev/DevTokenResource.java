package org.scepgate.dev;

import io.quarkus.arc.profile.IfBuildProfile;
import io.smallrye.jwt.build.Jwt;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.scepgate.platform.Roles;

/** Hands a token to whoever asks from this machine: in development there is no identity provider. */
@Path("/dev/token")
@IfBuildProfile(anyOf = {"dev", "test"})
public class DevTokenResource {
    private static final Set<String> ROLES = Set.of(Roles.CHALLENGE_ISSUER, Roles.OPERATOR, Roles.AUDITOR);
    private static final Duration LIFE = Duration.ofDays(1);
    private static final Pattern LOOPBACK = Pattern.compile("127\\..*|0:0:0:0:0:0:0:1(%.*)?|::1(%.*)?");

    private final Optional<String> issuer;
    private final Optional<List<String>> audiences;
    private final Optional<String> publicKey;

    DevTokenResource(
            @ConfigProperty(name = "mp.jwt.verify.issuer") Optional<String> issuer,
            @ConfigProperty(name = "mp.jwt.verify.audiences") Optional<List<String>> audiences,
            @ConfigProperty(name = "mp.jwt.verify.publickey.location") Optional<String> publicKey) {
        this.issuer = issuer;
        this.audiences = audiences;
        this.publicKey = publicKey;
    }

    /** A token for a day with the roles named, separated by commas, or with all. */
    @GET
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(hidden = true)
    public Response token(@QueryParam("roles") String roles, @Context HttpServerRequest request) {
        if (!LOOPBACK.matcher(request.remoteAddress().hostAddress()).matches()) {
            return Response.status(Response.Status.FORBIDDEN).build();
        }
        Set<String> asked = roles == null ? ROLES : new TreeSet<>(Arrays.asList(roles.split(",", -1)));
        if (!ROLES.containsAll(asked)) {
            return answer(Response.Status.BAD_REQUEST, "roles are " + String.join(", ", new TreeSet<>(ROLES)));
        }
        return publicKey
                .flatMap(DevIssuer::privateKeyOf)
                .map(key -> answer(Response.Status.OK, sign(asked, key)))
                .orElseGet(() -> answer(
                        Response.Status.NOT_FOUND, "tokens come from the configured issuer " + issuer.orElse("")));
    }

    private String sign(Set<String> roles, PrivateKey key) {
        return Jwt.issuer(issuer.orElseThrow())
                .audience(Set.copyOf(audiences.orElseThrow()))
                .subject("developer")
                .groups(roles)
                .expiresIn(LIFE)
                .sign(key);
    }

    private static Response answer(Response.Status status, String text) {
        return Response.status(status)
                .entity(text)
                .header("Cache-Control", "no-store")
                .build();
    }
}
