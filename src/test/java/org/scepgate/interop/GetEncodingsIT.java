package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.RawHttp;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** A message in a GET reads the same however a client or a proxy has written it. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GetEncodingsIT {
    private static final String SUBJECT = "CN=get.acme.example,O=Acme";

    private final TestDevice device;
    private final byte[] csr;
    private final X509CertificateHolder issued;
    private final RawHttp raw;

    GetEncodingsIT(Scepgate scepgate) {
        this.device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        this.csr = device.csr(SUBJECT, challenge.secret()).encoded();
        this.issued = device.send(device.request(csr)).issued(device.signer());
        this.raw = new RawHttp(scepgate.server().port());
    }

    /** How one client writes standard base64 into a query. */
    record Writing(String name, UnaryOperator<String> query) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Writing> writings() {
        return Stream.of(
                        new Writing("all escaped", GetEncodingsIT::escaped),
                        new Writing(
                                "escapes in lower case",
                                text -> escaped(text)
                                        .replace("%2B", "%2b")
                                        .replace("%2F", "%2f")
                                        .replace("%3D", "%3d")),
                        new Writing("only = escaped, as macOS", text -> text.replace("=", "%3D")),
                        new Writing("nothing escaped", text -> text),
                        new Writing("+ decoded to a blank by a proxy", text -> text.replace("+", "%20")),
                        new Writing("base64url, as old Fleet", text -> url(text)),
                        new Writing(
                                "base64url without padding", text -> url(text).replace("=", "")),
                        new Writing("without padding", text -> text.replace("=", "")),
                        new Writing("lines of 64 with %0A, as Cisco IOS", text -> escaped(lines(text, "%0A"))),
                        new Writing("lines with %0D%0A", text -> lines(text, "%0D%0A")),
                        new Writing("one %0A at the end, as sscep", text -> escaped(text) + "%0A"))
                .map(GetEncodingsIT::inQuery)
                .toList();
    }

    static List<Writing> orders() {
        return List.of(
                new Writing("message first", text -> "message=" + escaped(text) + "&operation=PKIOperation"),
                new Writing("another parameter", text -> "operation=PKIOperation&x=1&message=" + escaped(text)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"writings", "orders"})
    void readsTheSameMessage(Writing writing) {
        MessageBuilder message = device.request(csr);
        String query = writing.query().apply(Base64.getEncoder().encodeToString(message.build()));

        RawHttp.Answer answer = raw.exchange("GET /scep/demo?" + query + " HTTP/1.0\r\n\r\n", new byte[0]);

        assertThat(answer.status()).isEqualTo(200);
        CertRep certRep = device.read(answer.body());
        assertThat(certRep.transactionId()).isEqualTo(message.transactionId());
        assertThat(certRep.issued(device.signer())).isEqualTo(issued);
    }

    private static Writing inQuery(Writing writing) {
        return new Writing(
                writing.name(),
                text -> "operation=PKIOperation&message=" + writing.query().apply(text));
    }

    private static String escaped(String base64) {
        return base64.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");
    }

    private static String url(String base64) {
        return base64.replace('+', '-').replace('/', '_');
    }

    private static String lines(String text, String end) {
        return IntStream.iterate(0, from -> from < text.length(), from -> from + 64)
                .mapToObj(from -> text.substring(from, Math.min(from + 64, text.length())))
                .reduce("", (all, line) -> all + line + end);
    }
}
