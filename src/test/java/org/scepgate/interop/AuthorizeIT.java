package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestAuthorizer;
import org.scepgate.testing.TestAuthorizer.Question;
import org.scepgate.testing.TestAuthorizer.Reply;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestOperator;

/** A profile that asks an endpoint, which says yes. */
@ExtendWith(Scepgate.Extension.class)
class AuthorizeIT {
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

    private static Reply deny(String reason) {
        return Reply.ok("{\"decision\": \"deny\", \"reason\": \"" + reason + "\"}");
    }

    @Test
    void asksWithASignedQuestionThatHoldsNoSecret() throws Exception {
        authorizer.saying(allow());
        TestMdm.Challenge challenge =
                mdm.challenge(TestMdm.wish(AskedServer.PROFILE, "CN=asked-1,O=Acme", "asked-1.acme.example")
                        .put("deviceId", "device-1"));
        TestDevice device = asked.device();
        MessageBuilder request = device.request(
                device.csr("CN=asked-1,O=Acme", challenge.secret()).dns("asked-1.acme.example"));

        X509CertificateHolder issued = device.send(request).issued(device.signer());

        CertificateJudge.holdsExactly(issued, "CN=asked-1,O=Acme", "asked-1.acme.example");
        Question question = authorizer.questionsAbout("CN=asked-1,O=Acme").get(0);
        assertThat(question.isSignedWith(TestAuthorizer.SECRET)).isTrue();
        assertThat(question.isSignedWith(TestAuthorizer.SECRET + "x")).isFalse();
        assertThat(question.contentType()).isEqualTo("application/json");
        assertThat(question.text()).doesNotContain(challenge.secret());
        JsonNode json = question.json();
        byte[] csr = Base64.getDecoder().decode(json.get("csr").asText());
        assertThat(new String(csr, StandardCharsets.ISO_8859_1)).doesNotContain(challenge.secret());
        assertThat(CertificationRequestInfo.getInstance(csr).getSubjectPublicKeyInfo())
                .isEqualTo(issued.getSubjectPublicKeyInfo());
        assertThat(json.get("kind").asText()).isEqualTo("enrolment");
        assertThat(json.get("profile").asText()).isEqualTo(AskedServer.PROFILE);
        assertThat(json.get("transactionId").asText()).isEqualTo(request.transactionId());
        assertThat(json.get("sourceAddress").asText()).isEqualTo("127.0.0.1");
        JsonNode binding = json.get("binding");
        assertThat(binding.at("/subjectAltNames/dns/0").asText()).isEqualTo("asked-1.acme.example");
        assertThat(binding.get("validity").asText()).isEqualTo("PT8760H");
        assertThat(binding.get("keyUsage"))
                .extracting(JsonNode::asText)
                .containsExactly("digitalSignature", "keyEncipherment");
        assertThat(binding.get("extendedKeyUsage")).extracting(JsonNode::asText).containsExactly("clientAuth");
        assertThat(binding.get("challengeId").asText()).isEqualTo(challenge.id());
        assertThat(binding.get("deviceId").asText()).isEqualTo("device-1");
        assertThat(binding.get("client").asText())
                .isEqualTo(challenge.json().get("createdBy").asText());
        JsonNode step = lastStep(request);
        assertThat(step.get("action").asText()).isEqualTo("certificate.issued");
        assertThat(step.at("/details/authorization/outcome").asText()).isEqualTo("allowed");
        assertThat(step.at("/details/authorization/questionId")).isEqualTo(json.get("id"));
    }

    @Test
    void issuesWhatANarrowLeaves() {
        authorizer.saying(Reply.ok("""
                {"decision": "narrow", "reason": "kiosk", "subjectAltNames": {"dns": ["asked-2.acme.example"]},
                 "keyUsage": ["digitalSignature"], "extendedKeyUsage": ["clientAuth"], "validity": "P10D"}"""));
        TestMdm.Challenge challenge =
                mdm.challenge(AskedServer.PROFILE, "CN=asked-2", "asked-2.acme.example", "asked-2.lab.acme.example");
        TestDevice device = asked.device();
        MessageBuilder request = device.request(
                device.csr("CN=asked-2", challenge.secret()).dns("asked-2.acme.example", "asked-2.lab.acme.example"));

        X509CertificateHolder issued = device.send(request).issued(device.signer());

        CertificateJudge.holdsExactly(issued, "CN=asked-2", "asked-2.acme.example");
        assertThat(KeyUsage.fromExtensions(issued.getExtensions())).isEqualTo(new KeyUsage(KeyUsage.digitalSignature));
        assertThat(Duration.between(
                        issued.getNotBefore().toInstant(), issued.getNotAfter().toInstant()))
                .isBetween(Duration.ofDays(10), Duration.ofDays(10).plusMinutes(10));
        assertThat(issued.getExtension(Extension.extendedKeyUsage)).isNotNull();
        JsonNode step = lastStep(request);
        assertThat(step.at("/details/authorization/outcome").asText()).isEqualTo("narrowed");
        assertThat(step.at("/details/authorization/left/subjectAltNames").asText())
                .isEqualTo("dns:asked-2.acme.example");
        assertThat(step.at("/details/authorization/granted/subjectAltNames").asText())
                .contains("asked-2.lab.acme.example");
    }

    @Test
    void asksNobodyAboutWhatWasIssuedBefore() {
        authorizer.saying(allow());
        TestMdm.Challenge challenge = mdm.challenge(AskedServer.PROFILE, "CN=asked-4");
        TestDevice device = asked.device();
        X509CertificateHolder issued = device.enrol(device.csr("CN=asked-4", challenge.secret()));
        authorizer.saying(deny("too late"));

        X509CertificateHolder again = device.enrol(device.csr("CN=asked-4", challenge.secret()));

        assertThat(again).isEqualTo(issued);
        assertThat(authorizer.questionsAbout("CN=asked-4")).hasSize(1);
    }

    @Test
    void asksNobodyAboutWhatThePolicyRefuses() {
        authorizer.saying(allow());
        TestMdm.Challenge challenge = mdm.challenge(AskedServer.PROFILE, "CN=asked-5");
        TestDevice device = asked.device();

        assertThat(device.send(device.request(device.csr("CN=another-5", challenge.secret())))
                        .isSuccess())
                .isFalse();

        assertThat(authorizer.questions())
                .extracting(Question::text)
                .noneMatch(text -> text.contains("another-5") || text.contains(challenge.id()));
    }

    @Test
    void asksAboutEachRenewal() {
        authorizer.saying(allow());
        TestMdm.Challenge challenge = mdm.challenge(AskedServer.PROFILE, "CN=asked-6");
        TestDevice device = asked.device();
        X509CertificateHolder first = device.enrol(device.csr("CN=asked-6", challenge.secret()));
        TestDevice holder = device.holding(first);
        authorizer.saying(deny("not any more"));

        assertThat(holder.send(holder.renewal(holder.csr("CN=asked-6"))).failInfo())
                .contains(BAD_REQUEST);
        authorizer.saying(Reply.ok("{\"decision\": \"narrow\", \"validity\": \"P5D\"}"));
        X509CertificateHolder renewed =
                holder.send(holder.renewal(holder.csr("CN=asked-6"))).issued(holder.signer());

        assertThat(renewed.getNotAfter()).isBefore(first.getNotAfter());
        JsonNode question = authorizer.questionsAbout("CN=asked-6").get(1).json();
        assertThat(question.get("kind").asText()).isEqualTo("renewal");
        assertThat(new BigInteger(question.get("renews").asText(), 16)).isEqualTo(first.getSerialNumber());
        assertThat(question.at("/binding/challengeId").asText()).isEqualTo(challenge.id());
        assertThat(authorizer.questionsAbout("CN=asked-6")).hasSize(3);
    }

    @Test
    void asksOnceAPersonHasApproved() throws Exception {
        authorizer.saying(deny("on the black list"));
        TestOperator operator = asked.operator();
        TestMdm.Challenge challenge = mdm.challenge(AskedServer.APPROVAL, "CN=asked-7");
        TestDevice device = asked.device(AskedServer.APPROVAL);
        MessageBuilder request = device.request(device.csr("CN=asked-7", challenge.secret()));

        assertThat(device.send(request).pkiStatus()).isEqualTo("3");
        assertThat(authorizer.questionsAbout("CN=asked-7")).isEmpty();
        String id = operator.requirePending(AskedServer.APPROVAL, "CN=asked-7");
        HttpResponse<byte[]> refused = operator.approve(id);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(new String(refused.body(), StandardCharsets.UTF_8))
                .contains("request-refused", "authorization.denied", "on the black list");
        assertThat(operator.look(id).get("state").asText()).isEqualTo("PENDING");
        authorizer.saying(allow());
        assertThat(operator.approve(id).statusCode()).isEqualTo(200);
        assertThat(device.send(device.poll(request)).isSuccess()).isTrue();
        List<Question> questions = authorizer.questionsAbout("CN=asked-7");
        assertThat(questions).hasSize(2).allSatisfy(question -> {
            assertThat(question.json().get("kind").asText()).isEqualTo("approved");
            assertThat(question.json().get("requestId").asText()).isEqualTo(id);
            assertThat(question.json().get("approvedBy").asText()).isNotEmpty();
            assertThat(question.text()).doesNotContain(challenge.secret());
        });
    }

    @Test
    void asksEachOfParallelRequestsOnceAtMostAndIssuesOneCertificate() {
        authorizer.saying(allow());
        TestMdm.Challenge challenge = mdm.challenge(AskedServer.PROFILE, "CN=asked-8");
        TestDevice device = asked.device();
        int parallel = 8;

        List<byte[]> messages = Stream.generate(() -> device.request(device.csr("CN=asked-8", challenge.secret()))
                        .build())
                .limit(parallel)
                .toList();

        List<X509CertificateHolder> issued = new Volley(List.of(device.endpoint()))
                .fireAndWait(messages).stream()
                        .map(answer -> device.read(answer).issued(device.signer()))
                        .distinct()
                        .toList();

        assertThat(issued).hasSize(1);
        assertThat(authorizer.questionsAbout("CN=asked-8")).hasSizeBetween(1, parallel);
    }

    @Test
    void countsAnswersByTheirOutcome() {
        authorizer.saying(allow());
        TestMdm.Challenge challenge = mdm.challenge(AskedServer.PROFILE, "CN=asked-9");
        TestDevice device = asked.device();
        device.enrol(device.csr("CN=asked-9", challenge.secret()));

        String metrics = asked.server().managed("/q/metrics");

        assertThat(metrics).contains("scepgate_authorizations_seconds_count{outcome=\"allowed\",profile=\"asked\"");
    }

    private static JsonNode lastStep(MessageBuilder request) {
        return asked.operator().steps(request.transactionId()).get(0);
    }
}
