package org.scepgate.platform;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.smallrye.jwt.runtime.auth.JsonWebTokenCredential;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;

/**
 * Decides which bearer tokens are accepted, in place of SmallRye's own provider: that one knows one issuer, reads roles
 * from one claim, takes an {@code iat} of tomorrow, and blocks a thread while it fetches keys.
 */
@Singleton
class ClientTokens implements IdentityProvider<TokenAuthenticationRequest> {
    private static final Logger LOG = Logger.getLogger("org.scepgate.token");
    // The highest goes first; SmallRye's provider is excluded from the package as well (application.properties).
    private static final int FIRST = Integer.MAX_VALUE;

    /** Reads a token without believing it: whose it claims to be decides which keys to ask. */
    private final JwtConsumer reader = new JwtConsumerBuilder()
            .setSkipAllValidators()
            .setDisableRequireSignature()
            .setSkipSignatureVerification()
            .build();

    private final TokenIssuers issuers;
    private final CryptoPool crypto;

    ClientTokens(TokenIssuers issuers, CryptoPool crypto) {
        this.issuers = issuers;
        this.crypto = crypto;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public int priority() {
        return FIRST;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        return request.getToken() instanceof JsonWebTokenCredential token
                ? principalOf(token.getToken()).map(principal -> identityOf(principal, token))
                : Uni.createFrom().nullItem();
    }

    /** Fails with {@link AuthenticationFailedException}, or {@link UnavailableException} where keys cannot be had. */
    Uni<ClientPrincipal> principalOf(String token) {
        return Uni.createFrom().deferred(() -> {
            JwtContext read = read(token);
            TokenIssuer issuer = issuerOf(read);
            JsonWebSignature signature = signatureOf(read, issuer);
            return issuer.keys()
                    .keysFor(signature)
                    .chain(keys -> isCheap(signature)
                            ? Uni.createFrom().item(accepted(read, issuer, keys))
                            : crypto.run(() -> accepted(read, issuer, keys)));
        });
    }

    /**
     * RSA is verified in 0.1 ms, so that operators get in while the pool is full of devices' messages. Elliptic curves take
     * 0.3 to 8 ms, for which strangers with forged tokens would hold up the event loop.
     */
    private static boolean isCheap(JsonWebSignature signature) {
        String algorithm = signature.getAlgorithmHeaderValue();
        return algorithm.startsWith("RS") || algorithm.startsWith("PS");
    }

    private JwtContext read(String token) {
        try {
            return reader.process(token);
        } catch (InvalidJwtException unreadable) {
            throw refused("it cannot be read", unreadable);
        }
    }

    private TokenIssuer issuerOf(JwtContext read) {
        try {
            return issuers.find(read.getJwtClaims().getIssuer())
                    .orElseThrow(() -> refused("its issuer is not configured", null));
        } catch (MalformedClaimException noText) {
            throw refused("its issuer is no text", noText);
        }
    }

    private static JsonWebSignature signatureOf(JwtContext read, TokenIssuer issuer) {
        // A token inside a token has more than one, and no identity provider makes those.
        if (read.getJoseObjects().size() != 1
                || !(read.getJoseObjects().get(0) instanceof JsonWebSignature signature)
                || !issuer.signsWith(signature.getAlgorithmHeaderValue())) {
            throw refused("it is not signed as its issuer signs", null);
        }
        signature.setAlgorithmConstraints(issuer.algorithms());
        return signature;
    }

    private static ClientPrincipal accepted(JwtContext read, TokenIssuer issuer, List<JsonWebKey> keys) {
        try {
            JwtClaims claims = issuer.accept(read, keys);
            String caller = issuer.callerOf(claims).orElseThrow(() -> refused("it names no client", null));
            return new ClientPrincipal(claims, caller, issuer.claims().rolesOf(claims));
        } catch (InvalidJwtException refused) {
            throw refused("it does not hold", refused);
        }
    }

    private static SecurityIdentity identityOf(ClientPrincipal principal, JsonWebTokenCredential token) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(principal)
                .addCredential(token)
                .addRoles(principal.getGroups())
                .build();
    }

    private static AuthenticationFailedException refused(String why, Exception cause) {
        // Error codes only: jose4j's own messages quote the claims.
        LOG.debugf(
                "a token was refused: %s %s",
                why,
                cause instanceof InvalidJwtException invalid
                        ? invalid.getErrorDetails().stream()
                                .map(error -> error.getErrorCode())
                                .toList()
                        : "");
        return new AuthenticationFailedException("the token was refused");
    }
}
