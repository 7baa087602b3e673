package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.ContentCipher;
import org.scepgate.testing.DigestAlgorithm;
import org.scepgate.testing.Encoding;
import org.scepgate.testing.KeyTransport;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.RawHttp;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.SignerInfoBuilder;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestIdentityProvider;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestSigner;

/** The acceptance cases of what devices and identity providers send. */
@ExtendWith(Scepgate.Extension.class)
class WireAcceptanceIT {
    private static final String SUBJECT = "CN=wire.acme.example,O=Acme";

    private final Scepgate scepgate;
    private final RawHttp raw;

    WireAcceptanceIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.raw = new RawHttp(scepgate.server().port());
    }

    @Test
    void acceptanceCase10OneMessageReadsTheSameHoweverItIsWritten() {
        TestDevice device = device(Scepgate.DEMO);
        byte[] message =
                device.request(device.csr(SUBJECT, challenge(Scepgate.DEMO))).build();
        String base64 = Base64.getEncoder().encodeToString(message);
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(message)
                .replace("\n", "%0A");
        List<String> writings = List.of(
                base64.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D"),
                base64,
                Base64.getUrlEncoder().encodeToString(message),
                lines.replace("+", "%2B") + "%0A");

        List<X509CertificateHolder> issued = writings.stream()
                .map(written -> raw.exchange(
                        "GET /scep/demo?operation=PKIOperation&message=" + written + " HTTP/1.0\r\n\r\n", new byte[0]))
                .map(answer -> device.read(answer.body()).issued(device.signer()))
                .distinct()
                .toList();

        assertThat(issued).hasSize(1);
    }

    @Test
    void acceptanceCase11PkiclientExeIsServedWhateverTheIdent() {
        for (String query : List.of("&message=default", "&message=CAIdentifier", "&message=a%20b", "&message=", "")) {
            for (String path : List.of("/scep/demo/pkiclient.exe", "/cgi-bin/pkiclient.exe")) {
                ScepEndpoint endpoint = new ScepEndpoint(scepgate.server().url().resolve(path));
                assertThat(endpoint.get("operation=GetCACert" + query).statusCode())
                        .as(path + query)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void acceptanceCase12AChallengeOf4KilobytesComesByGet() {
        TestDevice device = device(Scepgate.DEMO);
        Attribute padding = new Attribute(
                new ASN1ObjectIdentifier("1.3.6.1.4.1.311.13.2.3"), new DERSet(new DEROctetString(new byte[5000])));
        byte[] unknown = device.request(device.csr(SUBJECT, "c".repeat(4096)).attribute(padding))
                .build();
        byte[] known = device.request(device.csr(SUBJECT, challenge(Scepgate.DEMO))
                        .attribute(padding)
                        .attribute(new Attribute(
                                new ASN1ObjectIdentifier("1.3.6.1.4.1.311.13.2.2"),
                                new DERSet(new DEROctetString(new byte[4000])))))
                .build();

        assertThat(Base64.getEncoder().encodeToString(unknown).length()).isGreaterThan(12 * 1024);
        assertThat(device.read(device.endpoint().getMessage(unknown)).failInfo())
                .contains("2");
        assertThat(Base64.getEncoder().encodeToString(known).length()).isGreaterThan(12 * 1024);
        assertThat(device.read(device.endpoint().getMessage(known)).isSuccess()).isTrue();
    }

    @Test
    void acceptanceCase13IosAndWindowsEnrolWhereLegacyIsOnAndMd5IsBadAlg() throws IOException {
        TestDevice ios = device(Scepgate.LEGACY);
        byte[] envelope = ios.envelope(
                        ios.csr(SUBJECT, challenge(Scepgate.LEGACY)).encoded())
                .cipher(ContentCipher.DES3)
                .encoding(Encoding.BER)
                .build();
        MessageBuilder ofIos = MessageBuilder.pkcsReq(envelope)
                .encoding(Encoding.BER)
                .signedBy(SignerInfoBuilder.of(ios.signer()).digest(DigestAlgorithm.SHA512))
                .certificate(ios.signer().certificate());
        Extension aki =
                Extension.create(Extension.authorityKeyIdentifier, true, new AuthorityKeyIdentifier(new byte[20]));
        TestSigner signer = TestSigner.of(TestKeys.rsa())
                .signature("SHA1withRSA")
                .extension(aki)
                .build();
        TestDevice windows = TestDevice.withSigner(scepgate.endpoint(Scepgate.LEGACY), signer);
        MessageBuilder ofWindows = windows.request(windows.envelope(
                        windows.csr(SUBJECT, challenge(Scepgate.LEGACY)).encoded())
                .keyTransport(KeyTransport.OAEP_SHA1));
        TestDevice old = device(Scepgate.DEMO);
        MessageBuilder ofOld = MessageBuilder.pkcsReq(
                        old.envelope(old.csr(SUBJECT, challenge(Scepgate.DEMO)).encoded())
                                .build())
                .signedBy(SignerInfoBuilder.of(old.signer()).digest(DigestAlgorithm.MD5))
                .certificate(old.signer().certificate());

        assertThat(ios.send(ofIos).isSuccess()).isTrue();
        assertThat(windows.send(ofWindows).isSuccess()).isTrue();
        assertThat(old.send(ofOld).failInfo()).contains("0");
    }

    @Test
    void acceptanceCase14NamesSurviveUnchangedAndAnEphemeralSignerGetsItsAnswer() {
        String subject =
                "CN=JSS-42,OU=devices,CN=CDB0BC64-F3EB-4B1A-AA5E-9A5D994CA593,unstructuredName=r1.acme.example";
        String uri = "cnac+jamf:///?DeviceId=42";
        ObjectNode wish = TestMdm.wish(Scepgate.FLEET, subject);
        wish.withObject("/subjectAltNames").putArray("uri").add(uri);
        wish.withObject("/subjectAltNames").putArray("upn").add("User@corp.example");
        String secret = scepgate.mdm().challenge(wish).secret();
        KeyPair keys = TestKeys.rsa();
        TestDevice ephemeral = device(Scepgate.FLEET);

        CertRep answer = ephemeral.send(ephemeral.request(TestCsr.of(keys)
                .subject(subject)
                .uri(uri)
                .upn("User@corp.example")
                .challenge(secret)));

        X509CertificateHolder issued = answer.issued(ephemeral.signer());
        CertificateJudge.certifies(issued, keys.getPublic());
        // As text: names that differ in case or in the order of their RDNs are equal to Bouncy Castle.
        assertThat(issued.getSubject())
                .hasToString(
                        TestCsr.of(keys).subject(subject).build().getSubject().toString());
        assertThat(issued.getSubject().getRDNs(PKCSObjectIdentifiers.pkcs_9_at_unstructuredName))
                .hasSize(1);
        GeneralName[] names = GeneralNames.fromExtensions(issued.getExtensions(), Extension.subjectAlternativeName)
                .getNames();
        assertThat(names)
                .filteredOn(name -> name.getTagNo() == GeneralName.uniformResourceIdentifier)
                .singleElement()
                .satisfies(name -> assertThat(name.getName()).hasToString(uri));
        assertThat(names)
                .filteredOn(name -> name.getTagNo() == GeneralName.otherName)
                .singleElement()
                .satisfies(name -> assertThat(name.getName().toString()).contains("User@corp.example"));
    }

    @Test
    void acceptanceCase15WrongTokensAreRefused() {
        long now = Instant.now().getEpochSecond();
        String proper = "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"c\",\"azp\":\"c\",\"iat\":%d,\"exp\":%d,%s}";
        String roles = "\"groups\":[\"challenge-issuer\"]";
        String iss = TestIdentityProvider.ISSUER;
        String aud = TestIdentityProvider.AUDIENCE;

        assertThat(status(signed(proper.formatted(iss, aud, now, now + 600, roles))))
                .isEqualTo(201);
        assertThat(status(signed(proper.formatted(iss, "other", now, now + 600, roles))))
                .isEqualTo(401);
        assertThat(status(signed(proper.formatted(iss + "/", aud, now, now + 600, roles))))
                .isEqualTo(401);
        assertThat(status(signed(proper.formatted(iss, aud, now - 7200, now - 3600, roles))))
                .isEqualTo(401);
        assertThat(status(unsigned(proper.formatted(iss, aud, now, now + 600, roles))))
                .isEqualTo(401);
        assertThat(status(signed(proper.formatted(iss, aud, now, now + 600, "\"groups\":[]"))))
                .isEqualTo(403);
        assertThat(status(signed(proper.formatted(iss, aud, now, now + 600, "\"scp\":\"challenge-issuer\""))))
                .isEqualTo(403);
    }

    private String signed(String claims) {
        return scepgate.identities().sign(claims);
    }

    private static String unsigned(String claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.US_ASCII)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.US_ASCII)) + ".";
    }

    private int status(String token) {
        HttpResponse<byte[]> answer =
                ScepEndpoint.send(HttpRequest.newBuilder(scepgate.server().url().resolve("/api/v1/challenges"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"profile\": \"demo\", \"subject\": \"" + SUBJECT + "\"}"))
                        .build());
        return answer.statusCode();
    }

    private TestDevice device(String profile) {
        return TestDevice.withRsaKey(scepgate.endpoint(profile));
    }

    private String challenge(String profile) {
        return scepgate.mdm().challenge(profile, SUBJECT).secret();
    }
}
