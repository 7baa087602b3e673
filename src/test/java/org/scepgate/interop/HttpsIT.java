package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestDevice;

/** HTTPS is offered beside plain HTTP (RFC 8894, 7.10): the channel never stands in for the challenge. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpsIT {
    private static final String SUBJECT = "CN=over-https.acme.example";

    private final Scepgate scepgate;
    private ServerProcess server;
    private TestDevice device;
    private SSLContext trusting;

    HttpsIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        TestCa web = TestCa.in(folder, "Web Test CA");
        server = scepgate.startPeer(settings -> settings.with(Map.of(
                "quarkus.http.tls-configuration-name",
                "https",
                "quarkus.tls.https.key-store.p12.path",
                web.raKeystore().toString(),
                "quarkus.tls.https.key-store.p12.password",
                TestCa.PASSWORD)));
        device = TestDevice.withRsaKey(server.endpoint(Scepgate.DEMO));
        trusting = trusting(new JcaX509CertificateConverter().getCertificate(web.certificate()));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void enrolsWithAChallenge() throws IOException {
        String secret = scepgate.mdm(server).challenge(Scepgate.DEMO, SUBJECT).secret();

        assertThat(sendOverHttps(device.request(device.csr(SUBJECT, secret))).isSuccess())
                .isTrue();
    }

    @Test
    void refusesWithoutAndWithAWrongChallengeAsOverHttp() throws IOException {
        CertRep missing = sendOverHttps(device.request(device.csr(SUBJECT)));
        CertRep wrong = sendOverHttps(device.request(device.csr(SUBJECT, "wrong")));
        CertRep plain = device.send(device.request(device.csr(SUBJECT)));

        assertThat(missing.failInfo()).isPresent().isEqualTo(plain.failInfo());
        assertThat(wrong.failInfo()).isPresent().isEqualTo(plain.failInfo());
    }

    private CertRep sendOverHttps(MessageBuilder message) throws IOException {
        URI url = URI.create(
                "https://localhost:" + server.tlsPort() + "/scep/" + Scepgate.DEMO + "?operation=PKIOperation");
        HttpsURLConnection connection = (HttpsURLConnection) url.toURL().openConnection();
        connection.setSSLSocketFactory(trusting.getSocketFactory());
        // The certificate of the tests names no host; that it is of the CA above was checked by then.
        connection.setHostnameVerifier((host, session) -> host.equals("localhost"));
        connection.setDoOutput(true);
        try (OutputStream body = connection.getOutputStream()) {
            body.write(message.build());
        }
        assertThat(connection.getResponseCode()).isEqualTo(200);
        return device.read(connection.getInputStream().readAllBytes());
    }

    private static SSLContext trusting(X509Certificate authority) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("web", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
