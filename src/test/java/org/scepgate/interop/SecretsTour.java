package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestAdapters;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;

/** Takes every way on which somebody gives a secret to a server or gets one from it, and keeps them by name. */
final class SecretsTour {
    private static final Pattern NDES_PASSWORD = Pattern.compile("challenge password is: <B> (\\S+) </B>");

    private final Scepgate scepgate;
    private final ServerProcess server;
    private final AdapterHttp adapters;
    private final String token;
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final List<KeyPair> keys = new ArrayList<>();

    SecretsTour(Scepgate scepgate, ServerProcess server) {
        this.scepgate = scepgate;
        this.server = server;
        this.adapters = new AdapterHttp(server.url());
        this.token = scepgate.identities().token("challenge-issuer", "operator");
    }

    /** What devices and MDMs sent and got, none of which the server has to remember. */
    Map<String, String> secrets() {
        return secrets;
    }

    /** What devices never sent: the server has the public halves only. */
    List<KeyPair> keysOfDevices() {
        return keys;
    }

    SecretsTour run() {
        keep("token of the MDM", token);
        enrolAndRenew();
        keyOfTheChallengeAlone();
        otherAnswersOfTheApi();
        adapters();
        intune();
        authorize();
        whatIsRefused();
        return this;
    }

    private void enrolAndRenew() {
        String secret = keep("spent challenge", challenge(Scepgate.DEMO, "CN=spent.acme.example"));
        TestDevice device = device(Scepgate.DEMO);
        X509CertificateHolder issued = device.enrol(device.csr("CN=spent.acme.example", secret));
        TestDevice holder = device.holding(issued);
        holder.send(holder.renewal(holder.csr("CN=spent.acme.example"))).issued(holder.signer());
        keep("open challenge", challenge(Scepgate.DEMO, "CN=open.acme.example"));
        String held = keep("challenge of a held request", challenge(Scepgate.BOTH, "CN=held.acme.example"));
        TestDevice waiting = device(Scepgate.BOTH);
        assertThat(waiting.send(waiting.request(waiting.csr("CN=held.acme.example", held)))
                        .pkiStatus())
                .isEqualTo("3");
    }

    /** The answer is encrypted under the challenge. */
    private void keyOfTheChallengeAlone() {
        String secret = keep("challenge of an EC device", challenge(Scepgate.DEMO, "CN=ec.acme.example"));
        TestDevice device = device(Scepgate.DEMO, TestKeys.ec("secp256r1"));
        device.send(device.request(device.csr("CN=ec.acme.example", secret))).issued(secret);
    }

    private void otherAnswersOfTheApi() {
        TestMdm mdm = new TestMdm(server.url(), token);
        String first = keep("challenge that is reissued", challenge(Scepgate.DEMO, "CN=reissued.acme.example"));
        assertThat(first).isNotEmpty();
        String wish = TestMdm.wish(Scepgate.DEMO, "CN=batch.acme.example").toString();
        String batch = text(mdm.postTo("/batch", "{\"items\":[" + wish + "]}"));
        Matcher inBatch = Pattern.compile("\"challenge\":\"([^\"]+)\"").matcher(batch);
        assertThat(inBatch.find()).as(batch).isTrue();
        keep("challenge of a batch", inBatch.group(1));
        String repeated = text(api("/api/v1/challenges")
                .header("Idempotency-Key", "tour-" + HexFormat.of().formatHex(random(8)))
                .POST(BodyPublishers.ofString(wish)));
        Matcher inRepeated = Pattern.compile("\"challenge\":\"([^\"]+)\"").matcher(repeated);
        assertThat(inRepeated.find()).as(repeated).isTrue();
        keep("challenge that can be asked for again", inRepeated.group(1));
        String profile = text(api("/api/v1/challenges?format=mobileconfig").POST(BodyPublishers.ofString(wish)));
        Matcher inProfile = Pattern.compile("<key>Challenge</key>\\s*<string>([^<]+)</string>")
                .matcher(profile);
        assertThat(inProfile.find()).as(profile).isTrue();
        keep("challenge in a profile for Apple", inProfile.group(1));
    }

    private void adapters() {
        keep("password of the MDM", TestAdapters.PASSWORD);
        keep("password of the MDM in Basic", AdapterHttp.basic().substring("Basic ".length()));
        keep("header of the MDM", TestAdapters.TOKEN);
        keep("Jamf's challenge", adapters.challenge(Scepgate.JAMF));
        adapters.webhook(Scepgate.JAMF, TestAdapters.TOKEN, AdapterHttp.EVENT);
        byte[] page = adapters.get("/certsrv/mscep_admin/", AdapterHttp.basic()).body();
        Matcher ndes = NDES_PASSWORD.matcher(new String(page, StandardCharsets.UTF_16LE));
        assertThat(ndes.find()).isTrue();
        keep("NDES's challenge", ndes.group(1));
        keep("static challenge", TestAdapters.STATIC_CHALLENGE);
        TestDevice router = device(Scepgate.GEAR);
        router.enrol(router.csr("CN=router-77.acme.example", TestAdapters.STATIC_CHALLENGE));
    }

    private void intune() {
        String challenge = Base64.getEncoder().encodeToString(random(3000));
        // A part of it is enough to look for, and hides nowhere.
        keep("Intune's challenge", challenge.substring(0, 64));
        TestDevice device = device(IntuneServer.PROFILE);
        device.enrol(device.csr(IntuneServer.SUBJECT, challenge));
    }

    /** An endpoint of ours is asked before the certificate is issued. */
    private void authorize() {
        String secret = keep("challenge that is asked about", challenge(AskedServer.PROFILE, "CN=asked.acme.example"));
        TestDevice device = device(AskedServer.PROFILE);
        device.enrol(device.csr("CN=asked.acme.example", secret));
    }

    private void whatIsRefused() {
        String guess = keep("wrong challenge", "guessed-" + HexFormat.of().formatHex(random(16)));
        TestDevice device = device(Scepgate.DEMO);
        CertRep refused = device.send(device.request(device.csr("CN=guess.acme.example", guess)));
        assertThat(refused.isSuccess()).isFalse();
        String forged = keep("forged token", scepgate.identities().token("operator") + "A");
        assertThat(ScepEndpoint.send(HttpRequest.newBuilder(server.url().resolve("/api/v1/challenges"))
                                .header("Authorization", "Bearer " + forged)
                                .build())
                        .statusCode())
                .isEqualTo(401);
        String wrong =
                keep("wrong password of the MDM", "wrong-" + HexFormat.of().formatHex(random(16)));
        assertThat(adapters.webhook(Scepgate.JAMF, AdapterHttp.basic("mdm", wrong), AdapterHttp.EVENT)
                        .statusCode())
                .isEqualTo(401);
        String malformed = keep("challenge in a malformed body", challenge(Scepgate.DEMO, "CN=lost.acme.example"));
        assertThat(text(api("/api/v1/challenges").POST(BodyPublishers.ofString("{\"challenge\": \"" + malformed))))
                .contains("malformed-json");
    }

    private TestDevice device(String profile) {
        return device(profile, TestKeys.rsa());
    }

    private TestDevice device(String profile, KeyPair pair) {
        keys.add(pair);
        return TestDevice.withKey(server.endpoint(profile), pair);
    }

    private String challenge(String profile, String subject) {
        return new TestMdm(server.url(), token).challenge(profile, subject).secret();
    }

    private String keep(String name, String secret) {
        secrets.put(name, secret);
        return secret;
    }

    private HttpRequest.Builder api(String path) {
        return HttpRequest.newBuilder(server.url().resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    private static String text(HttpRequest.Builder request) {
        return text(ScepEndpoint.send(request.build()));
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
