package org.scepgate.mdm.ndes;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.scepgate.challenge.AdapterOrder;
import org.scepgate.challenge.ChallengeService;
import org.scepgate.challenge.IssuedChallenge;
import org.scepgate.challenge.NewChallenge;
import org.scepgate.mdm.AccountCheck;
import org.scepgate.mdm.ndes.Ndes.Service;
import org.scepgate.mdm.ndes.Ndes.User;
import org.scepgate.platform.AnsweredInTime;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Caller;
import org.scepgate.platform.CallerId;

/** The page {@code mscep_admin}: each look at it is a new challenge. */
@AnsweredInTime
@Path(NdesPaths.PAGE)
@NonBlocking
public class NdesPageResource {
    private static final String TOO_MANY = "quota-exceeded";

    private final Ndes ndes;
    private final AccountCheck accounts;
    private final ChallengeService challenges;

    NdesPageResource(Ndes ndes, AccountCheck accounts, ChallengeService challenges) {
        this.ndes = ndes;
        this.accounts = accounts;
        this.challenges = challenges;
    }

    @GET
    @Operation(hidden = true)
    public Uni<Response> page(@Context HttpServerRequest http) {
        Service service = ndes.require();
        // RFC 9110 section 9.2.1: a HEAD changes nothing.
        if (http.method() == HttpMethod.HEAD) {
            throw new NotAllowedException("GET");
        }
        return user(service.users(), http)
                .chain(user -> user.isEmpty()
                        ? Uni.createFrom().item(AccountCheck.unauthorized())
                        : page(service, user.get(), AccountCheck.sourceOf(http)));
    }

    /** A name that nobody has is compared with the first user, as slowly as any other. */
    private Uni<Optional<User>> user(List<User> users, HttpServerRequest http) {
        User candidate = users.stream()
                .filter(user -> AccountCheck.isNamed(user.account(), http))
                .findFirst()
                .orElse(users.get(0));
        return accounts.admits(candidate.account(), http)
                .map(admitted -> Optional.of(candidate).filter(user -> admitted));
    }

    private Uni<Response> page(Service service, User user, String source) {
        return user.mayEnroll()
                ? challenge(service, source).map(text -> answer(service, text))
                : Uni.createFrom().item(answer(service, NdesPage.noPermission()));
    }

    private Uni<String> challenge(Service service, String source) {
        NewChallenge asked = new NewChallenge(
                service.profile(),
                service.names().filled(MissingNode.getInstance()),
                Optional.of(service.passwords().timeToLive()),
                Optional.empty());
        Caller caller = new Caller(CallerId.ofAdapter("ndes", service.profile()), Set.of(), source);
        return challenges
                .issue(new AdapterOrder(
                        asked,
                        caller,
                        OptionalInt.of(service.passwords().digits()),
                        OptionalInt.of(service.passwords().mostOpen())))
                .map(issued -> password(service, issued))
                .onFailure(NdesPageResource::isTooMany)
                .recoverWithItem(NdesPage::cacheFull);
    }

    private static String password(Service service, IssuedChallenge issued) {
        return NdesPage.password(
                issued.offer().authorities().get(0),
                issued.secret().value(),
                service.passwords().timeToLive());
    }

    private static boolean isTooMany(Throwable failure) {
        return failure instanceof ApiException refused && refused.code().equals(TOO_MANY);
    }

    /** Without a charset, as NDES: some clients look at the bytes and others at nothing. */
    private static Response answer(Service service, String text) {
        return Response.ok(text.getBytes(service.encoding()))
                .header(HttpHeaders.CONTENT_TYPE, "text/html")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
