package org.scepgate.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.List;
import java.util.Map;

/** Plays Entra, Graph and Intune with the shapes that Microsoft documents, in good health until told otherwise. */
public final class TestIntune implements AutoCloseable {
    public static final String TENANT = "11111111-2222-3333-4444-555555555555";
    public static final String CLIENT = "app-of-scepgate";
    public static final String SECRET = "s3cret+of/the&app";
    public static final String GRAPH_TOKEN = "token-for-graph-1";
    public static final String INTUNE_TOKEN = "token-for-intune-1";
    public static final String TOKEN_PATH = "/" + TENANT + "/oauth2/v2.0/token";
    public static final String DISCOVERY_PATH =
            "/v1.0/servicePrincipals/appId=0000000a-0000-0000-c000-000000000000/endpoints";
    public static final String VALIDATE = "/validation/ScepActions/validateRequest";
    public static final String SUCCESS = "/validation/ScepActions/successNotification";
    public static final String FAILURE = "/validation/ScepActions/failureNotification";
    public static final String DOWNLOAD = "/connector/CertificateAuthorityRequests/downloadRevocationRequests";
    public static final String UPLOAD = "/connector/CertificateAuthorityRequests/uploadRevocationResults";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ABOVE_ALL = 1;

    private final WireMockServer server;

    private TestIntune(WireMockServer server) {
        this.server = server;
    }

    public static TestIntune start() {
        WireMockServer server =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        server.start();
        TestIntune intune = new TestIntune(server);
        intune.reset();
        return intune;
    }

    /** In good health, and without a memory of what was asked. */
    public void reset() {
        server.resetAll();
        token("https%3A%2F%2Fgraph.microsoft.com%2F.default", GRAPH_TOKEN);
        token("https%3A%2F%2Fapi.manage.microsoft.com%2F%2F.default", INTUNE_TOKEN);
        server.stubFor(get(urlPathEqualTo(DISCOVERY_PATH)).willReturn(json(services(url()))));
        server.stubFor(post(urlPathMatching("/validation/ScepActions/.*")).willReturn(json(code("Success"))));
        server.stubFor(post(urlPathEqualTo(DOWNLOAD)).willReturn(json("{\"value\":[]}")));
        server.stubFor(post(urlPathEqualTo(UPLOAD)).willReturn(json("{\"value\":true}")));
    }

    private void token(String scope, String token) {
        server.stubFor(post(urlPathEqualTo(TOKEN_PATH))
                .withRequestBody(containing("scope=" + scope))
                .willReturn(json("""
                        {"token_type":"Bearer","expires_in":3599,"access_token":"%s"}""".formatted(token))));
    }

    /** What Graph says where the services are at this server. */
    public static String services(String url) {
        return """
                {"value":[{"providerName":"ScepRequestValidationFEService","uri":"%1$s/validation"},
                          {"providerName":"SomethingElse","uri":"urn:other"},
                          {"providerName":"PkiConnectorFEService","uri":"%1$s/connector"}]}""".formatted(url);
    }

    public static String code(String code) {
        return "{\"code\":\"" + code + "\",\"errorDescription\":\"\"}";
    }

    public static ResponseDefinitionBuilder json(String body) {
        return aResponse().withHeader("Content-Type", "application/json").withBody(body);
    }

    /** A POST to this path is answered so from now on. */
    public void answer(String path, ResponseDefinitionBuilder answer) {
        stub(post(urlPathEqualTo(path)).willReturn(answer));
    }

    /** Whatever else is, this counts. */
    public void stub(MappingBuilder mapping) {
        server.stubFor(mapping.atPriority(ABOVE_ALL));
    }

    public String url() {
        return server.baseUrl();
    }

    /** Those that were sent to this path, oldest first. */
    public List<LoggedRequest> requests(String path) {
        List<LoggedRequest> posted = server.findAll(postRequestedFor(urlPathEqualTo(path)));
        return posted.stream()
                .sorted((one, other) -> one.getLoggedDate().compareTo(other.getLoggedDate()))
                .toList();
    }

    /** The bodies of those. */
    public List<JsonNode> bodies(String path) {
        return requests(path).stream()
                .map(request -> read(request.getBodyAsString()))
                .toList();
    }

    /** Paths in the order in which they were called. */
    public List<String> calls() {
        return server.getAllServeEvents().stream()
                .sorted((one, other) -> one.getRequest()
                        .getLoggedDate()
                        .compareTo(other.getRequest().getLoggedDate()))
                .map(event -> event.getRequest().getUrl())
                .toList();
    }

    public long discoveries() {
        return calls().stream().filter(DISCOVERY_PATH::equals).count();
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + body, e);
        }
    }

    /** The settings that point a server here. */
    public Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("scepgate.outbound.allowed-networks", "127.0.0.0/8"),
                Map.entry("scepgate.outbound.allow-http", "true"),
                Map.entry("scepgate.intune.tenant", TENANT),
                Map.entry("scepgate.intune.client-id", CLIENT),
                Map.entry("scepgate.intune.client-secret", SECRET),
                Map.entry("scepgate.intune.login-url", url()),
                Map.entry("scepgate.intune.graph-url", url() + "/"),
                // Longer than a busy machine stands still, and what it is a part of longer still.
                Map.entry("scepgate.intune.timeout", "PT5S"),
                Map.entry("scepgate.request.timeout", "PT30S"),
                Map.entry("scepgate.intune.revocation.enabled", "false"));
    }

    @Override
    public void close() {
        server.stop();
    }
}
