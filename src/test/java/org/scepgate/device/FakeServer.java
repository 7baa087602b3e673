package org.scepgate.device;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.scepgate.scep.CertRepEncoder;
import org.scepgate.scep.CertificateBundle;
import org.scepgate.scep.CertificationRequest;
import org.scepgate.scep.FailInfo;
import org.scepgate.scep.GetMessage;
import org.scepgate.scep.LegacyAlgorithm;
import org.scepgate.scep.MalformedMessageException;
import org.scepgate.scep.MessageType;
import org.scepgate.scep.PkiMessage;
import org.scepgate.scep.PkiMessageDecoder;
import org.scepgate.scep.RecipientKey;

/** A SCEP server that answers as the test has laid down, one answer after the other and the last one for ever. */
final class FakeServer implements AutoCloseable {
    /** What was asked for first: after a poll that is what was held. */
    static final BiFunction<FakeServer, PkiMessage, byte[]> ISSUES =
            (server, message) -> server.issue(message, server.received.get(0));

    static final BiFunction<FakeServer, PkiMessage, byte[]> ISSUES_EACH =
            (server, message) -> server.issue(message, message);
    static final BiFunction<FakeServer, PkiMessage, byte[]> HOLDS =
            (server, message) -> server.encoder.pending(message.replyTo());
    static final BiFunction<FakeServer, PkiMessage, byte[]> REFUSES =
            (server, message) -> server.encoder.failure(message.replyTo(), FailInfo.BAD_REQUEST, "No\u001b[2J.");
    /** HTTP 503, and the device may come again in seven seconds. */
    static final BiFunction<FakeServer, PkiMessage, byte[]> TURNS_AWAY = (server, message) -> new byte[0];

    private static final KeyPair CA_KEYS = KeyType.RSA2048.generate();
    private static final KeyPair RA_KEYS = KeyType.RSA2048.generate();
    static final X509CertificateHolder CA = certificate(
            "CN=Fake CA", CA_KEYS, new BasicConstraints(true), new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    static final X509CertificateHolder RA = certificate(
            "CN=Fake RA",
            RA_KEYS,
            new BasicConstraints(false),
            new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));

    final List<PkiMessage> received = new ArrayList<>();
    final List<String> methods = new ArrayList<>();
    private final Deque<BiFunction<FakeServer, PkiMessage, byte[]>> answers = new ArrayDeque<>();
    private final CertRepEncoder encoder;
    private final PkiMessageDecoder decoder;
    private final String capabilities;
    private final HttpServer http;

    FakeServer(String capabilities, Set<LegacyAlgorithm> legacy) {
        RecipientKey ra = new RecipientKey(RA_KEYS.getPrivate(), RA, Security.getProvider("SunJCE"));
        this.encoder = new CertRepEncoder(ra, new SecureRandom());
        this.decoder = new PkiMessageDecoder(List.of(ra), legacy, EnumSet.allOf(MessageType.class));
        this.capabilities = capabilities;
        try {
            this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/", this::handle);
        http.start();
    }

    static FakeServer standing() {
        return new FakeServer(
                "AES\nPOSTPKIOperation\nSHA-256\nSCEPStandard\nRenewal\n", EnumSet.noneOf(LegacyAlgorithm.class));
    }

    @SafeVarargs
    final FakeServer answering(BiFunction<FakeServer, PkiMessage, byte[]>... inTurn) {
        answers.addAll(List.of(inTurn));
        return this;
    }

    URI url() {
        return URI.create("http://localhost:" + http.getAddress().getPort() + "/scep/fake");
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        if (query.equals("operation=GetCACaps")) {
            answer(exchange, "text/plain", capabilities.getBytes(StandardCharsets.US_ASCII));
        } else if (query.equals("operation=GetCACert")) {
            answer(exchange, Authority.CA_AND_RA, CertificateBundle.of(List.of(RA, CA)));
        } else {
            methods.add(exchange.getRequestMethod());
            answer(exchange, "application/x-pki-message", operate(exchange, query));
        }
    }

    private byte[] operate(HttpExchange exchange, String query) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        try {
            return decoder.decode(body.length == 0 ? GetMessage.decode(query) : body)
                    .fold(this::accept, rejected -> encoder.failure(rejected.replyTo(), rejected.failInfo(), "No."));
        } catch (MalformedMessageException e) {
            throw new IOException(e);
        }
    }

    private byte[] accept(PkiMessage message) {
        received.add(message);
        return (answers.size() > 1 ? answers.poll() : answers.peek()).apply(this, message);
    }

    private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (body.length == 0) {
            exchange.getResponseHeaders().set("Retry-After", "7");
        }
        exchange.sendResponseHeaders(body.length == 0 ? 503 : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private byte[] issue(PkiMessage message, PkiMessage asked) {
        CertificationRequest request = (CertificationRequest) asked.content();
        X509CertificateHolder certificate = builder(
                        request.csr().getSubject(), request.csr().getSubjectPublicKeyInfo())
                .build(KeyType.signer(CA_KEYS.getPrivate()));
        return encoder.success(message.replyTo(), certificate, List.of());
    }

    private static X509CertificateHolder certificate(
            String subject, KeyPair keys, BasicConstraints constraints, KeyUsage usage) {
        try {
            return builder(new X500Name(subject), RequestedNames.publicKey(keys))
                    .addExtension(Extension.basicConstraints, true, constraints)
                    .addExtension(Extension.keyUsage, true, usage)
                    .build(KeyType.signer(CA_KEYS.getPrivate()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509v3CertificateBuilder builder(X500Name subject, SubjectPublicKeyInfo key) {
        Instant now = Instant.now();
        return new X509v3CertificateBuilder(
                new X500Name("CN=Fake CA"),
                // An odd number of digits in hex.
                new BigInteger(114, new SecureRandom()).setBit(114),
                Date.from(now.minus(Duration.ofMinutes(5))),
                Date.from(now.plus(Duration.ofDays(90))),
                subject,
                key);
    }
}
