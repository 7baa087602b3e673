package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestAuthorizer;
import org.scepgate.testing.TestAuthorizer.Reply;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** A profile that asks an endpoint, which says no or nothing that counts. */
@ExtendWith(Scepgate.Extension.class)
class AuthorizeRefusalIT {
    private static final String REFUSED = "The request was refused.";
    private static final String BAD_REQUEST = "2";

    private static AskedServer asked;
    private static TestAuthorizer authorizer;
    private static TestMdm mdm;

    @BeforeAll
    static void start(Scepgate scepgate, @TempDir Path folder) {
        asked = AskedServer.start(scepgate, folder, Map.of());
        authorizer = asked.authorizer();
        mdm = asked.mdm();
    }

    @AfterAll
    static void stop() {
        asked.close();
    }

    private static Reply allow() {
        return Reply.ok("{\"decision\": \"allow\"}");
    }

    @Test
    void refusesWhatIsDeniedAndLocksTheChallengeInTheEnd() {
        authorizer.saying(Reply.ok("{\"decision\": \"deny\", \"reason\": \"not compliant\"}"));
        TestMdm.Challenge challenge = mdm.challenge(AskedServer.PROFILE, "CN=asked-3");
        TestDevice device = asked.device();

        CertRep answer = device.send(device.request(device.csr("CN=asked-3", challenge.secret())));

        assertThat(answer.failInfo()).contains(BAD_REQUEST);
        assertThat(answer.failInfoText()).contains(REFUSED);
        JsonNode seen = mdm.look(challenge);
        assertThat(seen.get("state").asText()).isEqualTo("ISSUED");
        assertThat(seen.toString()).contains("authorization.denied", "not compliant");
        JsonNode event = asked.lastEvent(challenge);
        assertThat(event.get("action").asText()).isEqualTo("enrollment.refused");
        assertThat(event.get("reason").asText()).isEqualTo("authorization.denied");
        assertThat(event.at("/details/authorization/outcome").asText()).isEqualTo("denied");
        for (int i = 1; i < AskedServer.LOCKED_AFTER; i++) {
            device.send(device.request(device.csr("CN=asked-3", challenge.secret())));
        }
        assertThat(mdm.stateOf(challenge)).isEqualTo("LOCKED");
        authorizer.saying(allow());
        assertThat(device.send(device.request(device.csr("CN=asked-3", challenge.secret())))
                        .isSuccess())
                .isFalse();
        assertThat(authorizer.questionsAbout("CN=asked-3")).hasSize(AskedServer.LOCKED_AFTER);
    }

    static Stream<Arguments> noAnswers() {
        return Stream.of(
                Arguments.of("error", Reply.of(500, "{\"decision\": \"allow\"}"), "authorization.failed"),
                Arguments.of("created", Reply.of(201, "{\"decision\": \"allow\"}"), "authorization.failed"),
                Arguments.of("empty", Reply.of(204, ""), "authorization.failed"),
                Arguments.of("moved", new Reply(302, "", "https://localhost/decide"), "authorization.failed"),
                Arguments.of("no JSON", Reply.ok("allow"), "authorization.failed"),
                Arguments.of("null", Reply.ok("null"), "authorization.failed"),
                Arguments.of("a list", Reply.ok("[{\"decision\": \"allow\"}]"), "authorization.failed"),
                Arguments.of("no decision", Reply.ok("{}"), "authorization.failed"),
                Arguments.of("another word", Reply.ok("{\"decision\": \"ALLOW\"}"), "authorization.failed"),
                Arguments.of("a number", Reply.ok("{\"decision\": 1}"), "authorization.failed"),
                Arguments.of(
                        "twice", Reply.ok("{\"decision\": \"deny\", \"decision\": \"allow\"}"), "authorization.failed"),
                Arguments.of("more after it", Reply.ok("{\"decision\": \"allow\"} x"), "authorization.failed"),
                Arguments.of(
                        "unknown field",
                        Reply.ok("{\"decision\": \"narrow\", \"validity\": \"P1D\", \"key_usage\": []}"),
                        "authorization.failed"),
                Arguments.of(
                        "allow that narrows",
                        Reply.ok("{\"decision\": \"allow\", \"validity\": \"P1D\"}"),
                        "authorization.failed"),
                Arguments.of("narrow to nothing", Reply.ok("{\"decision\": \"narrow\"}"), "authorization.failed"),
                Arguments.of(
                        "oversized",
                        Reply.ok("{\"decision\": \"allow\"" + " ".repeat(70_000) + "}"),
                        "authorization.failed"),
                Arguments.of(
                        "another name",
                        Reply.ok("{\"decision\": \"narrow\", \"subjectAltNames\": {\"dns\": [\"evil.example\"]}}"),
                        "authorization.wider"),
                Arguments.of(
                        "longer",
                        Reply.ok("{\"decision\": \"narrow\", \"validity\": \"P400D\"}"),
                        "authorization.wider"),
                Arguments.of(
                        "another purpose",
                        Reply.ok("{\"decision\": \"narrow\", \"extendedKeyUsage\": [\"serverAuth\"]}"),
                        "authorization.wider"));
    }

    /** The challenge is neither spent nor nearer to its lock: more of these than lock it are sent with one. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("noAnswers")
    void refusesWithoutAClearAnswerAndLeavesTheChallengeAlone(String what, Reply reply, String reason) {
        String subject = "CN=asked " + what;
        TestMdm.Challenge challenge = mdm.challenge(AskedServer.PROFILE, subject);
        TestDevice device = asked.device();
        authorizer.saying(reply);

        for (int i = 0; i <= AskedServer.LOCKED_AFTER; i++) {
            CertRep answer = device.send(device.request(device.csr(subject, challenge.secret())));
            assertThat(answer.failInfo()).contains(BAD_REQUEST);
            assertThat(answer.failInfoText()).contains(REFUSED);
        }

        assertThat(mdm.look(challenge).get("state").asText()).isEqualTo("ISSUED");
        JsonNode event = asked.lastEvent(challenge);
        assertThat(event.get("action").asText()).isEqualTo("authorization.failed");
        assertThat(event.get("reason").asText()).isEqualTo(reason);
        authorizer.saying(allow());
        assertThat(device.send(device.request(device.csr(subject, challenge.secret())))
                        .isSuccess())
                .isTrue();
    }
}
