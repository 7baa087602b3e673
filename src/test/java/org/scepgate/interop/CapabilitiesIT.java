package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.ContentCipher;
import org.scepgate.testing.DigestAlgorithm;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.SignerInfoBuilder;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestSigner;

/** What GetCACaps announces against what is served, for every combination of the switches that decide on it. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CapabilitiesIT {
    private static final String SUBJECT = "CN=capabilities.acme.example,O=Acme";
    private static final List<String> LEGACY = List.of("DES", "DES3", "SHA-1", "MD5");
    /** RFC 8894, 3.5.2, in its case; and SHA-384, for Debian 12's strongSwan. */
    private static final Set<String> KEYWORDS = Set.of(
            "AES",
            "DES3",
            "GetNextCACert",
            "POSTPKIOperation",
            "Renewal",
            "SCEPStandard",
            "SHA-1",
            "SHA-256",
            "SHA-384",
            "SHA-512");

    private static final Map<DigestAlgorithm, String> DIGEST_KEYWORDS = Map.of(
            DigestAlgorithm.SHA1, "SHA-1",
            DigestAlgorithm.SHA256, "SHA-256",
            DigestAlgorithm.SHA384, "SHA-384",
            DigestAlgorithm.SHA512, "SHA-512");

    private final Scepgate scepgate;
    private final TestSigner signer = TestSigner.of(TestKeys.rsa()).build();
    private ServerProcess server;

    CapabilitiesIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    /** A profile's switches: legacy algorithms, renewal and a next CA. */
    record Switches(Set<String> legacy, boolean renewal, boolean nextCa) {
        static Switches of(int bits) {
            Set<String> legacy = new TreeSet<>();
            IntStream.range(0, LEGACY.size())
                    .filter(i -> (bits & 1 << i) != 0)
                    .mapToObj(LEGACY::get)
                    .forEach(legacy::add);
            return new Switches(legacy, (bits & 16) != 0, (bits & 32) != 0);
        }

        String profile() {
            return "caps-"
                    + (String.join("-", legacy) + (renewal ? "-renewal" : "") + (nextCa ? "-next" : ""))
                            .toLowerCase()
                            .replace("sha-1", "sha1");
        }

        ServerSettings addTo(ServerSettings settings) {
            Map<String, String> switches = new TreeMap<>();
            switches.put("ca", nextCa ? "rolling" : "test");
            switches.put("renewal.enabled", "" + renewal);
            if (!legacy.isEmpty()) {
                switches.put("legacy-algorithms", String.join(",", legacy));
            }
            return settings.profile(profile(), switches);
        }

        /** Served though it is never announced: DES and MD5 where the profile names them. */
        boolean allowsSilently(String algorithm) {
            return legacy.contains(algorithm);
        }
    }

    static Stream<Switches> combinations() {
        return IntStream.range(0, 64).mapToObj(Switches::of);
    }

    /** Profiles that differ from {@link Scepgate#DEMO} in what no keyword tells of. */
    static List<String> otherProfiles() {
        return List.of(
                Scepgate.FLEET,
                Scepgate.QUERIES,
                Scepgate.CA_ALONE,
                Scepgate.WITHOUT_ROOT,
                Scepgate.ELLIPTIC,
                Scepgate.NEW_KEYS);
    }

    @BeforeAll
    void startServer() {
        server = scepgate.startPeer(settings ->
                combinations().reduce(settings, (all, switches) -> switches.addTo(all), (all, never) -> all));
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void announcesExactlyWhatItServes(Switches switches) {
        ScepEndpoint endpoint = server.endpoint(switches.profile());
        Set<String> announced = announced(endpoint);
        TestDevice device = TestDevice.withSigner(endpoint, signer);
        TestMdm.Challenge challenge = scepgate.mdm(server).challenge(switches.profile(), SUBJECT);
        byte[] csr = device.csr(SUBJECT, challenge.secret()).encoded();

        assertThat(announced).contains("AES", "SHA-256", "POSTPKIOperation").doesNotContain("DES", "MD5");
        // What is served is compared with what is announced, and that with the switches.
        for (String old : List.of("DES3", "SHA-1")) {
            assertThat(announced.contains(old))
                    .as(old)
                    .isEqualTo(switches.legacy().contains(old));
        }
        assertThat(served(device, csr)).isEqualTo(expected(announced, switches));
        assertThat(renews(device, csr)).isEqualTo(announced.contains("Renewal")).isEqualTo(switches.renewal());
        assertThat(endpoint.get("operation=GetNextCACert").statusCode())
                .isEqualTo(announced.contains("GetNextCACert") ? 200 : 404);
        assertThat(announced.contains("GetNextCACert")).isEqualTo(switches.nextCa());
    }

    @ParameterizedTest
    @MethodSource("otherProfiles")
    void announcesAndServesTheSameWhateverElseAProfileSays(String profile) {
        ScepEndpoint endpoint = server.endpoint(profile);
        TestDevice device = TestDevice.withSigner(endpoint, signer);
        TestMdm.Challenge challenge = scepgate.mdm(server).challenge(profile, SUBJECT);
        byte[] csr = device.csr(SUBJECT, challenge.secret()).encoded();

        Set<String> announced = announced(endpoint);

        assertThat(announced).isEqualTo(announced(server.endpoint(Scepgate.DEMO)));
        assertThat(served(device, csr)).isEqualTo(expected(announced, new Switches(Set.of(), true, false)));
    }

    /** The keywords, each once and ended by LF alone. */
    private static Set<String> announced(ScepEndpoint endpoint) {
        String text = new String(endpoint.getCaCaps().body(), StandardCharsets.US_ASCII);
        assertThat(text).endsWith("\n").doesNotContain("\r", " ", "\n\n");
        Set<String> announced = Set.of(text.split("\n"));
        assertThat(KEYWORDS).containsAll(announced);
        assertThat(announced).contains("SCEPStandard");
        return announced;
    }

    private static List<String> expected(Set<String> announced, Switches switches) {
        List<String> expected = new ArrayList<>();
        for (DigestAlgorithm digest : DigestAlgorithm.values()) {
            for (ContentCipher cipher : ContentCipher.values()) {
                boolean digestServed = announced.contains(DIGEST_KEYWORDS.getOrDefault(digest, "-"))
                        || digest == DigestAlgorithm.MD5 && switches.allowsSilently("MD5");
                boolean cipherServed = announced.contains(cipher.name().startsWith("AES") ? "AES" : cipher.name())
                                && cipher != ContentCipher.DES
                        || cipher == ContentCipher.DES && switches.allowsSilently("DES");
                if (digestServed && cipherServed) {
                    expected.add(digest + " " + cipher);
                }
            }
        }
        return expected;
    }

    /** The pairs that get the certificate: the first, and every other as a retry; all else must be badAlg. */
    private List<String> served(TestDevice device, byte[] csr) {
        List<String> served = new ArrayList<>();
        for (DigestAlgorithm digest : DigestAlgorithm.values()) {
            for (ContentCipher cipher : ContentCipher.values()) {
                CertRep answer = device.send(MessageBuilder.pkcsReq(
                                device.envelope(csr).cipher(cipher).build())
                        .signedBy(SignerInfoBuilder.of(signer).digest(digest))
                        .certificate(signer.certificate()));
                if (answer.isSuccess()) {
                    served.add(digest + " " + cipher);
                    assertThat(answer.envelope().cipher()).isNotEqualTo(ContentCipher.DES);
                    assertThat(answer.digest()).isNotEqualTo(DigestAlgorithm.MD5);
                } else {
                    assertThat(answer.failInfo()).contains("0");
                }
            }
        }
        return served;
    }

    private boolean renews(TestDevice device, byte[] csr) {
        X509CertificateHolder old = device.send(device.request(csr)).issued(signer);
        TestDevice holder = device.holding(old);
        return holder.send(holder.renewal(TestCsr.of(signer.keys()).subject(SUBJECT)))
                .isSuccess();
    }
}
