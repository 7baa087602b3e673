package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scepgate.interop.AdapterHttp.EVENT;
import static org.scepgate.interop.AdapterHttp.basic;

import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestAdapters;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;

/** The acceptance cases of Jamf Pro, Fleet and NDES. */
@ExtendWith(Scepgate.Extension.class)
class MdmAcceptanceIT {
    private static final String PAGE = "/certsrv/mscep_admin/";
    private static final String FULL = "The password cache is full.";
    // As FleetDM, Zentral and Okta's clients look for the password.
    private static final Pattern FLEET =
            Pattern.compile("(?i)The enrollment challenge password is: <B> (?<password>\\S*)");
    private static final Pattern ZENTRAL = Pattern.compile("challenge password is: <B> ([A-Z0-9]{16,32}) </B>");
    private static final Pattern OKTA = Pattern.compile("challenge password is: <B> ([a-zA-Z0-9_\\-]+) </B>");
    private static final Pattern THUMBPRINT = Pattern.compile(
            "thumbprint \\(hash value\\) for the CA certificate is: <B> ([0-9A-F]{8} ){3}[0-9A-F]{8} </B>");

    private final Scepgate scepgate;
    private final AdapterHttp http;

    MdmAcceptanceIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.http = new AdapterHttp(scepgate.server().url());
    }

    @BeforeEach
    void noPasswordIsOpen() throws SQLException {
        try (Connection connection = scepgate.database().connect()) {
            connection
                    .createStatement()
                    .executeUpdate("update challenge set expires_at = now() where created_by like 'mdm.ndes::%'");
        }
    }

    @Test
    void acceptanceCase6JamfGetsABareChallengeAndNobodyElseAny() {
        HttpResponse<byte[]> answer = http.webhook(Scepgate.JAMF, basic(), EVENT);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(new String(answer.body(), StandardCharsets.US_ASCII)).matches("[1-9A-Za-z]{24}");
        assertThat(http.webhook(Scepgate.JAMF, TestAdapters.TOKEN, EVENT).statusCode())
                .isEqualTo(200);
        for (String wrong :
                Arrays.asList(null, "Bearer other", basic("other", TestAdapters.PASSWORD), basic("mdm", "x"))) {
            HttpResponse<byte[]> refused = http.webhook(Scepgate.JAMF, wrong, EVENT);
            assertThat(refused.statusCode()).as(wrong).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                    .startsWith("Basic ");
            assertThat(refused.body()).isEmpty();
        }
        String otherEvent = EVENT.replace("SCEPChallenge", "ComputerAdded");
        assertThat(http.webhook(Scepgate.JAMF, basic(), otherEvent).statusCode())
                .isEqualTo(400);
        assertThat(http.webhook(Scepgate.JAMF, basic(), "{").statusCode()).isEqualTo(400);
        assertThat(http.webhook(Scepgate.JAMF, basic(), "<x/>", "text/xml").statusCode())
                .isEqualTo(415);
        assertThat(http.webhook(Scepgate.DEMO, basic(), EVENT).statusCode()).isEqualTo(404);
    }

    @Test
    void acceptanceCase6NamesMayComeFromTheEvent() {
        String challenge = http.challenge(Scepgate.JAMF_EVENT);
        TestDevice device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.JAMF_EVENT));

        CertRep other = device.send(device.request(device.csr("CN=C02ABC.acme.example", challenge)));
        X509CertificateHolder issued = device.enrol(device.csr("CN=C02XYZ.acme.example", challenge));

        assertThat(other.isSuccess()).isFalse();
        CertificateJudge.holdsExactly(issued, "CN=C02XYZ.acme.example");
        assertThat(http.webhook(Scepgate.JAMF_EVENT, basic(), EVENT.replace("serialNumber", "udid"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void guessesAreCountedBeforeTheyAreHashed() {
        String prefix = "scepgate.mdm.jamf." + Scepgate.OTHER + ".";
        try (ServerProcess peer = scepgate.startPeer(settings -> settings.with(prefix + "username", TestAdapters.USER)
                .with(prefix + "password-hash", TestAdapters.hash(TestAdapters.PASSWORD))
                .with(prefix + "names.subject[0].type", "CN")
                .with(prefix + "names.subject[0].pattern", "[a-z]+"))) {
            AdapterHttp caller = new AdapterHttp(peer.url());
            assertThat(caller.webhook(Scepgate.OTHER, basic(), EVENT).statusCode())
                    .isEqualTo(200);

            List<HttpResponse<byte[]>> guesses = IntStream.range(0, 25)
                    .mapToObj(i -> caller.webhook(Scepgate.OTHER, basic(TestAdapters.USER, "guess " + i), EVENT))
                    .toList();

            assertThat(guesses).filteredOn(answer -> answer.statusCode() == 401).hasSizeBetween(5, 20);
            assertThat(guesses)
                    .filteredOn(answer -> answer.statusCode() == 429)
                    .isNotEmpty()
                    .allSatisfy(answer -> assertThat(answer.headers().firstValue("Retry-After"))
                            .isPresent());
            assertThat(caller.webhook(Scepgate.OTHER, basic(), EVENT).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void acceptanceCase7OneOfTwoConcurrentRequestsHasTheChallenge() {
        String challenge = http.challenge(Scepgate.JAMF);
        TestDevice one = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.JAMF));
        TestDevice two = one.another(TestKeys.rsa());
        String subject = "CN=mac-7,OU=devices,CN=CDB0BC64-F3EB-4B1A-AA5E-9A5D994CA593";

        List<HttpResponse<byte[]>> raw = new Volley(List.of(scepgate.endpoint(Scepgate.JAMF)))
                .fireAndWait(List.of(
                        one.request(one.csr(subject, challenge)).build(),
                        two.request(two.csr(subject, challenge)).build()));
        List<CertRep> answers = List.of(one.read(raw.get(0)), two.read(raw.get(1)));

        assertThat(answers).filteredOn(CertRep::isSuccess).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> !answer.isSuccess())
                .singleElement()
                .satisfies(refused -> assertThat(refused.failInfo()).contains("2"));
    }

    @Test
    void acceptanceCase8FleetAndZentralReadTheSamePassword() {
        byte[] body = http.get(PAGE, basic()).body();

        // Fleet knows UTF-16LE by its first bytes, Zentral takes nothing else.
        assertThat(body).startsWith('<', 0);
        String page = new String(body, StandardCharsets.UTF_16LE);
        String password = found(FLEET, page);
        assertThat(found(ZENTRAL, page)).isEqualTo(password).hasSize(32);
        assertThat(page)
                .containsPattern(THUMBPRINT)
                .contains("This password can be used only once and will expire within 60 minutes.")
                .contains("<Title>Network Device Enrollment Service</Title>");
        enrolsAt("/certsrv/mscep/mscep.dll", password);
    }

    @Test
    void acceptanceCase8OktasClientsReadItInUtf8() {
        try (ServerProcess peer = scepgate.startPeer(settings ->
                settings.with("scepgate.mdm.ndes.encoding", "utf-8").with("scepgate.mdm.ndes.password-length", "16"))) {
            byte[] body = new AdapterHttp(peer.url()).get(PAGE, basic()).body();

            String page = new String(body, Charset.forName("windows-1252"));
            assertThat(found(OKTA, page)).hasSize(16).isEqualTo(found(FLEET, page));
        }
    }

    @Test
    void acceptanceCase9TheCacheIsFullAndOthersHaveNoPermission() {
        for (int i = 0; i < 5; i++) {
            assertThat(page(http.get(PAGE, basic()))).containsPattern(ZENTRAL);
        }

        assertThat(page(http.get(PAGE, basic()))).contains(FULL).doesNotContain("challenge password is");
        assertThat(page(http.get(PAGE, basic(TestAdapters.VISITOR, TestAdapters.PASSWORD))))
                .contains("You do not have sufficient permission to enroll with SCEP.");
        HttpResponse<byte[]> anonymous = http.get(PAGE, null);
        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(anonymous.headers().firstValue("WWW-Authenticate").orElse(""))
                .startsWith("Basic realm=");
        assertThat(http.get(PAGE, basic("nobody", TestAdapters.PASSWORD)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void acceptanceCase9EverySpellingOfThePathIsServed() {
        for (String path : List.of("/certsrv/mscep_admin", "/CertSrv/MSCEP_Admin/", "/certsrv/mscep_admin/mscep.dll")) {
            assertThat(http.get(path, null).statusCode()).as(path).isEqualTo(401);
        }
        for (String path : List.of("/certsrv/mscep/mscep.dll", "/CERTSRV/mscep/MSCEP.DLL/pkiclient.exe/")) {
            assertThat(http.get(path + "?operation=GetCACaps", null).statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    private void enrolsAt(String path, String password) {
        ScepEndpoint endpoint = new ScepEndpoint(scepgate.server().url().resolve(path));
        TestDevice device = TestDevice.withRsaKey(endpoint);
        TestCsr csr = device.csr("CN=host-8.acme.example", password);
        CertificateJudge.holdsExactly(device.enrol(csr), "CN=host-8.acme.example");
    }

    private static String page(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_16LE);
    }

    private static String found(Pattern pattern, String page) {
        Matcher matcher = pattern.matcher(page);
        assertThat(matcher.find()).as(pattern + " in " + page).isTrue();
        return matcher.group(1);
    }
}
