package org.scepgate.mdm;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.scepgate.platform.ApiException;

/** Tells whether a request comes from who may call an adapter. */
@Singleton
public class AccountCheck {
    private static final int LONGEST_HEADER = 4096;

    private final SecretCheck secrets;

    AccountCheck(SecretCheck secrets) {
        this.secrets = secrets;
    }

    /** Fails with {@link ApiException} 429 where its source guesses too often. */
    public Uni<Boolean> admits(Account account, HttpServerRequest http) {
        return account.basic()
                .flatMap(expected -> BasicCredentials.of(http.getHeader(HttpHeaders.AUTHORIZATION))
                        .map(given -> matches(account, expected, given, http)))
                .orElseGet(() -> byHeader(account, http));
    }

    /** Whether a request names the user of an account, rightly or not. */
    public static boolean isNamed(Account account, HttpServerRequest http) {
        return BasicCredentials.of(http.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(given -> account.basic()
                        .filter(expected -> isUser(expected, given))
                        .isPresent())
                .isPresent();
    }

    private static boolean isUser(Account.Secret expected, BasicCredentials given) {
        return MessageDigest.isEqual(
                expected.name().getBytes(StandardCharsets.UTF_8), given.user().getBytes(StandardCharsets.UTF_8));
    }

    /** The hash is made for a wrong user too: time must not tell which users there are. */
    private Uni<Boolean> matches(
            Account account, Account.Secret expected, BasicCredentials given, HttpServerRequest http) {
        boolean isUser = isUser(expected, given);
        return secrets.matches(expected.hash(), attempt(account, given.password(), http))
                .map(matches -> matches && isUser);
    }

    private Uni<Boolean> byHeader(Account account, HttpServerRequest http) {
        Optional<Account.Secret> expected = account.header();
        Optional<String> given =
                expected.map(header -> http.getHeader(header.name())).filter(value -> value.length() <= LONGEST_HEADER);
        return given.isEmpty()
                ? Uni.createFrom().item(false)
                : secrets.matches(expected.get().hash(), attempt(account, given.get(), http));
    }

    private static SecretCheck.Attempt attempt(Account account, String secret, HttpServerRequest http) {
        return new SecretCheck.Attempt(account.realm(), sourceOf(http), secret);
    }

    /** Where a request comes from, behind proxies that are trusted. */
    public static String sourceOf(HttpServerRequest http) {
        return http.remoteAddress() == null ? "" : http.remoteAddress().hostAddress();
    }

    /** The answer to who may not call. */
    public static Response unauthorized() {
        return Response.status(Response.Status.UNAUTHORIZED)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"scepgate\", charset=\"UTF-8\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
