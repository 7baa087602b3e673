package org.scepgate.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.CaCommand;
import org.scepgate.testing.PackagedCommand;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestIdentityProvider;
import org.scepgate.testing.TestPostgres;

/** The walk-through of docs/kubernetes.md, with the packaged server where Kubernetes would start a pod. */
@ExtendWith(Scepgate.Extension.class)
class FirstDeviceIT {
    private static final String PROFILE = "phones";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SUBJECT = "CN=phone-1,O=Acme";

    private final Scepgate scepgate;

    @TempDir
    private Path folder;

    FirstDeviceIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @Test
    void enrolsAndIsHealthyAndTellsWhatAlertsAskFor() throws Exception {
        Manifests manifests = render("first_device", Map.of());

        try (ServerProcess server = start(manifests, secrets())) {
            enrol(server);

            probes(manifests).forEach((probe, path) -> {
                assertThat(get(server.management().resolve(path)).statusCode())
                        .as(probe)
                        .isEqualTo(200);
                assertThat(get(server.url().resolve(path)).statusCode())
                        .as(probe)
                        .isEqualTo(404);
            });
            // The end of the first CRL is shown by the job's next run.
            await().atMost(SOON).untilAsserted(() -> tellsWhatAlertsAskFor(server));
        }
    }

    @Test
    void theTestOfTheReleasePasses() throws Exception {
        Manifests manifests = render("helm_test", Map.of());
        List<String> arguments = Manifests.in(manifests.one("Pod").at("/spec/containers/0/args"))
                .map(JsonNode::asText)
                .toList();

        try (ServerProcess server = start(manifests, secrets())) {
            String[] here = arguments.stream()
                    .map(text -> text.replaceFirst(
                            "^http://demo-scepgate:80/", server.url().toString()))
                    .toArray(String[]::new);
            PackagedCommand.Outcome outcome = new PackagedCommand(Map.of(), Map.of()).run(here);

            assertThat(here).anyMatch(text -> text.startsWith(server.url().toString()));
            assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        }
    }

    @Test
    void servesHttpsBesideHealthWithoutIt() throws Exception {
        Manifests manifests =
                render("https", Map.of("listeners.https.enabled", "true", "listeners.https.existingSecret", "tls"));
        Map<String, Map<String, byte[]>> secrets = new TreeMap<>(secrets());
        X509Certificate certificate = addCertificate(secrets);

        try (ServerProcess server = start(manifests, secrets)) {
            assertThat(peerAt(server.tlsPort())).isEqualTo(certificate);
            assertThat(get(server.management().resolve("/q/health/ready")).statusCode())
                    .isEqualTo(200);
            enrol(server);
        }
    }

    private static void tellsWhatAlertsAskFor(ServerProcess server) {
        String metrics = new String(get(server.management().resolve(scraped())).body(), StandardCharsets.UTF_8);
        assertThat(Monitoring.metrics())
                .filteredOn(name -> !Monitoring.COUNTED_WHEN_IT_HAPPENS.contains(name))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(metrics).containsPattern("(?m)^" + Pattern.quote(name) + "[ {]"));
    }

    private void enrol(ServerProcess server) {
        TestDevice device = TestDevice.withRsaKey(server.endpoint(PROFILE));
        String secret = scepgate.mdm(server).challenge(PROFILE, SUBJECT).secret();
        X509CertificateHolder issued = device.enrol(device.csr(SUBJECT, secret));
        assertThat(issued.getIssuer().toString()).contains("Acme Device CA");
    }

    private ServerProcess start(Manifests manifests, Map<String, Map<String, byte[]>> secrets) throws IOException {
        Release release = new Release(manifests, secrets, folder);
        release.mount();
        return ServerProcess.start(new ServerSettings(Map.of()), release.environment());
    }

    /** The values of the walk-through but for the database and the identity provider, which are those of this machine. */
    private Manifests render(String database, Map<String, String> more) throws IOException {
        ObjectNode values = (ObjectNode) Chart.read(Chart.FIRST_DEVICE);
        TestPostgres.Database made = scepgate.createDatabase(database);
        URI address = URI.create(made.settings().get("quarkus.datasource.reactive.url"));
        ((ObjectNode) values.get("database"))
                .put("host", address.getHost())
                .put("port", address.getPort())
                .put("name", database);
        String keys = scepgate.identities().settings(folder).get("mp.jwt.verify.publickey.location");
        ObjectNode issuer = (ObjectNode) values.at("/issuers/mdm");
        issuer.remove("jwks-url");
        issuer.put("jwks-file", Path.of(URI.create(keys)).toString())
                .put("issuer", TestIdentityProvider.ISSUER)
                .putArray("audiences")
                .add(TestIdentityProvider.AUDIENCE);
        return Chart.render(Files.writeString(folder.resolve("values.yaml"), values.toString()), more);
    }

    /** As {@code kubectl create secret} makes them. */
    private Map<String, Map<String, byte[]>> secrets() throws IOException {
        Path ca = folder.resolve("ca");
        CaCommand.Outcome made = new CaCommand(Map.of())
                .run("init", "--out", ca.toString(), "--name", "main", "--subject", "CN=Acme Device CA,O=Acme");
        assertThat(made.exitCode()).as(made.output()).isZero();
        Map<String, String> database = scepgate.database().settings();
        return Map.of(
                "scepgate-ca",
                filesIn(ca),
                "scepgate-pepper",
                Map.of("pepper", "0123456789abcdef".repeat(4).getBytes(StandardCharsets.UTF_8)),
                "scepgate-database",
                Map.of(
                        "username",
                        database.get("quarkus.datasource.username").getBytes(StandardCharsets.UTF_8),
                        "password",
                        database.get("quarkus.datasource.password").getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, byte[]> filesIn(Path folder) throws IOException {
        Map<String, byte[]> content = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                content.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return content;
    }

    /** The RA's key pair serves as one for TLS. */
    private X509Certificate addCertificate(Map<String, Map<String, byte[]>> secrets) throws Exception {
        Path ca = folder.resolve("ca");
        char[] password =
                Files.readString(ca.resolve("keystore.password")).strip().toCharArray();
        KeyStore store = KeyStore.getInstance(ca.resolve("ra.p12").toFile(), password);
        String alias = store.aliases().nextElement();
        byte[] key = Pem.of(store.getKey(alias, password));
        byte[] certificate = Pem.of("CERTIFICATE", store.getCertificate(alias).getEncoded());
        secrets.put("tls", Map.of("tls.key", key, "tls.crt", certificate));
        return (X509Certificate) store.getCertificate(alias);
    }

    private static X509Certificate peerAt(int port) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, Trusting.ALL, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static Map<String, String> probes(Manifests manifests) {
        JsonNode container = manifests.server().at("/containers/0");
        List<String> probes = new ArrayList<>(List.of("startupProbe", "livenessProbe", "readinessProbe"));
        return probes.stream()
                .collect(Collectors.toMap(
                        probe -> probe,
                        probe -> container.at("/" + probe + "/httpGet/path").asText()));
    }

    private static String scraped() {
        return Chart.render(Chart.EVERYTHING)
                .one("ServiceMonitor")
                .at("/spec/endpoints/0/path")
                .asText();
    }

    private static HttpResponse<byte[]> get(URI address) {
        return ScepEndpoint.send(HttpRequest.newBuilder(address).build());
    }
}
