package org.scepgate.mdm.intune;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scepgate.challenge.Opinion;
import org.scepgate.challenge.PresentedRequest;
import org.scepgate.outbound.LoopbackClient;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.CryptoPool;
import org.scepgate.platform.TestCryptoPool;
import org.scepgate.platform.UnavailableException;
import org.scepgate.testing.TestIntune;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestSigner;

class EntraTokensTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final PresentedRequest REQUEST =
            new PresentedRequest("transaction", "a CSR".getBytes(StandardCharsets.US_ASCII));
    private static final X509CertificateHolder CERTIFICATE =
            TestSigner.selfSigned(TestKeys.rsa(), "CN=device").certificate();

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final CryptoPool crypto = TestCryptoPool.shared();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final TestIntune intune = TestIntune.start();
    private final Map<String, String> settings = TestSettings.valid(intune.url());

    @BeforeEach
    void isTheTenant() {
        settings.put("scepgate.intune.tenant", TestIntune.TENANT);
    }

    @AfterEach
    void stop() {
        intune.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private IntuneAuthority authority() {
        IntuneAuthority authority = new IntuneAuthority(
                TestSettings.read(settings), LoopbackClient.on(vertx), crypto, metrics, Clock.systemUTC());
        authority.requireConfigured();
        return authority;
    }

    private static Opinion judge(IntuneAuthority authority) {
        return authority.judge(REQUEST).await().atMost(SOON);
    }

    @Test
    void acceptanceCase1AsksForTokensOfExactlyTheseScopes() {
        settings.put("scepgate.intune.client-secret", TestIntune.SECRET);

        assertThat(judge(authority()).isYes()).isTrue();

        List<Map<String, String>> forms = intune.requests(TestIntune.TOKEN_PATH).stream()
                .map(EntraTokensTest::form)
                .toList();
        assertThat(forms)
                .containsExactlyInAnyOrder(
                        Map.of(
                                "grant_type", "client_credentials",
                                "client_id", "app",
                                "client_secret", TestIntune.SECRET,
                                "scope", "https://graph.microsoft.com/.default"),
                        Map.of(
                                "grant_type", "client_credentials",
                                "client_id", "app",
                                "client_secret", TestIntune.SECRET,
                                "scope", "https://api.manage.microsoft.com//.default"));
    }

    @Test
    void provesItselfByACertificate() throws Exception {
        KeyPair keys = TestKeys.rsa();
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(TestSigner.selfSigned(keys, "CN=scepgate").certificate());
        settings.remove("scepgate.intune.client-secret");
        settings.put(
                "scepgate.intune.client-keystore", keystore(keys, certificate).toString());
        settings.put("scepgate.intune.client-keystore-password", "changeit");

        judge(authority());

        Map<String, String> form = form(intune.requests(TestIntune.TOKEN_PATH).get(0));
        assertThat(form)
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .doesNotContainKey("client_secret");
        JsonWebSignature assertion = new JsonWebSignature();
        assertion.setCompactSerialization(form.get("client_assertion"));
        assertion.setKey(keys.getPublic());
        assertThat(assertion.verifySignature()).isTrue();
        assertThat(assertion.getAlgorithmHeaderValue()).isEqualTo(AlgorithmIdentifiers.RSA_PSS_USING_SHA256);
        assertThat(assertion.getHeader("x5t#S256"))
                .isEqualTo(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
        JwtClaims claims = JwtClaims.parse(assertion.getPayload());
        assertThat(claims.getAudience()).containsExactly(intune.url() + TestIntune.TOKEN_PATH);
        assertThat(claims.getIssuer()).isEqualTo("app");
        assertThat(claims.getSubject()).isEqualTo("app");
        assertThat(claims.getJwtId()).isNotBlank();
    }

    private Path keystore(KeyPair keys, X509Certificate certificate) throws Exception {
        Path file = folder.resolve("app.p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("app", keys.getPrivate(), "changeit".toCharArray(), new Certificate[] {certificate});
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        return file;
    }

    @Test
    void takesNoTokenFromAnAnswerWithoutOne() {
        intune.answer(TestIntune.TOKEN_PATH, aResponse().withStatus(401).withBody("""
                        {"error":"invalid_client","error_description":"AADSTS7000215: s3cret","error_codes":[7000215]}"""));
        IntuneAuthority authority = authority();
        assertThatThrownBy(() -> judge(authority))
                .isInstanceOf(UnavailableException.class)
                .cause()
                .hasMessage("token: HTTP status 401 invalid_client 7000215");

        intune.answer(TestIntune.TOKEN_PATH, TestIntune.json("{\"token_type\":\"Bearer\"}"));
        assertThatThrownBy(() -> judge(authority))
                .isInstanceOf(UnavailableException.class)
                .cause()
                .hasMessage("token: the answer has no token");
    }

    @Test
    void fetchesATokenAnewBeforeItEnds() {
        intune.answer(TestIntune.TOKEN_PATH, TestIntune.json("{\"access_token\":\"short\",\"expires_in\":0}"));
        IntuneAuthority authority = authority();

        judge(authority);
        judge(authority);

        // One for Graph, and one for each call.
        assertThat(intune.requests(TestIntune.TOKEN_PATH)).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "tenant, '', scepgate.intune.tenant",
        "tenant, a/b, scepgate.intune.tenant",
        "client-id, '', scepgate.intune.client-id",
        "client-secret, '', scepgate.intune.client-secret",
        "client-keystore, /nowhere, scepgate.intune.client-keystore",
        "client-secret-file, /nowhere, scepgate.intune.client-secret",
        "login-url, ftp://x, scepgate.intune.login-url",
        "graph-url, http://user:pass@x, scepgate.intune.graph-url",
        "timeout, PT0S, scepgate.intune.timeout",
        "max-concurrent, 0, scepgate.intune.max-concurrent",
        "breaker.failures, 0, scepgate.intune.breaker.failures",
        "breaker.pause, PT0S, scepgate.intune.breaker.pause",
        "revocation.interval, PT0S, scepgate.intune.revocation.interval",
        "revocation.batch, 501, scepgate.intune.revocation.batch"
    })
    void namesTheSettingThatCannotWork(String key, String value, String named) {
        if (value.isEmpty()) {
            settings.remove("scepgate.intune." + key);
        } else {
            settings.put("scepgate.intune." + key, value);
        }

        assertThatThrownBy(this::authority)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(named);
    }

    @Test
    void readsSecretsFromFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "of-a-file\n");
        settings.remove("scepgate.intune.client-secret");
        settings.put("scepgate.intune.client-secret-file", file.toString());

        judge(authority());

        assertThat(form(intune.requests(TestIntune.TOKEN_PATH).get(0))).containsEntry("client_secret", "of-a-file");
        assertThat(new HashMap<>(settings)).doesNotContainValue("of-a-file");
    }

    private static Map<String, String> form(LoggedRequest request) {
        return Arrays.stream(request.getBodyAsString().split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }
}
